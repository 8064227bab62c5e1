"""A wrong recipe value gets a sentence beside its field, and nothing is made."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.utils.html import escape

from gallery.models import Render
from gallery.recipes.fields import offered
from transfer.recipes.style import StyleRecipe

BAD = [
    ("image_size", "63", "64"),
    ("image_size", "16385", "16384"),
    ("image_size", "-1", "64"),
    ("image_size", "large", "whole number"),
    ("image_size", "99.5", "whole number"),
    ("image_size", "9" * 6000, ""),
    ("strength", "1.01", "1"),
    ("style_scale", "0.05", "0.1"),
    ("style_scale", "4.01", "4"),
    ("style_scale", "nan", "number"),
    ("style_scale", "inf", "number"),
    ("style_scale", "1e999", "number"),
    ("regions", "masks", "masks"),
    ("region_count", "9", "8"),
    ("content_weight", "-0.1", "0"),
    ("content_weight", "1001", "1000"),
    ("style_weight", "-inf", "number"),
    ("style_weight", "NaN", "number"),
    ("tv_weight", "one", "number"),
    ("backbone", "resnet", "resnet"),
    ("backbone", "vgg16", "python -m transfer weights fetch vgg16"),
    ("backbone", "vgg19", "python -m transfer weights fetch vgg19"),
    ("style_loss", "mmd", "mmd"),
    ("pooling", "max", "vgg19-lite has avg pooling only."),
    ("content_layers", "relu9_9", "vgg19-lite has no layer relu9_9; it has relu1_1, relu2_1, relu3_1."),
    ("style_layers", "relu1_1, conv", "vgg19-lite has no layer conv"),
    ("style_layers", "relu1_1," * 40, "200"),
    ("style_layers", "relu1_1\0", ""),
    ("content_layer_weights", "1, 1", "Give one weight for each of relu3_1, not 2."),
    ("style_layer_weights", "1, x, -", "number"),
    ("style_layer_weights", "0, 0, 0", "more than 0"),
    ("style_layer_weights", "1, -1, 1", "from 0 to 1000"),
    ("init", "style", "style"),
    ("seed", "-1", "0"),
    ("seed", str(2**32), "4294967295"),
    ("num_iterations", "0", "1"),
    ("num_iterations", "2001", "2000"),
    ("early_stopping", "0.51", "0.5"),
    ("optimizer", "sgd", "sgd"),
    ("lbfgs_num_correction", "0", "1"),
    ("learning_rate", "0", "0.0001"),
    ("learning_rate", "1.5", "1"),
]


@pytest.mark.parametrize(("field", "value", "expected"), BAD)
def test_a_bad_value_is_refused_beside_its_field(
    field: str,
    value: str,
    expected: str,
    post_pair: Callable[..., HttpResponse],
    nothing_was_made: Callable[[], bool],
) -> None:
    response = post_pair(**{field: value})

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    (sentence,) = errors[field]
    assert expected in re.sub(r"(?<=\d),(?=\d)", "", sentence)  # without the thousands' commas
    beside = response.content.decode().split(f'data-field="{field}"')[1].split('<p class="help"')[0]
    assert escape(sentence) in beside
    assert nothing_was_made()


def test_several_bad_values_are_told_of_at_once(
    post_pair: Callable[..., HttpResponse], nothing_was_made: Callable[[], bool]
) -> None:
    response = post_pair(image_size="1", learning_rate="nan", style_layers="relu7_1", content=None)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"image_size", "learning_rate", "style_layers", "content"}
    assert nothing_was_made()


def test_what_depends_on_a_network_that_is_not_installed_are_not_blamed(post_pair: Callable[..., HttpResponse]) -> None:
    response = post_pair(
        backbone="vgg19",
        pooling="max",
        content_layers="relu4_2",
        style_layers="relu1_1, relu5_1",
        style_layer_weights="1, 2, 3, 4",
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["backbone"]


def test_a_bad_value_stands_in_the_form_again_as_text(post_pair: Callable[..., HttpResponse]) -> None:
    page = post_pair(style_layers='"><script>alert(1)</script>').content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_group_of_a_bad_value_is_open(post_pair: Callable[..., HttpResponse]) -> None:
    page = post_pair(learning_rate="7").content.decode()

    assert page.count('<details class="group" open>') == 1
    assert (
        'data-field="learning_rate"' in page.split('<details class="group" open>')[1].split('<details class="group"')[0]
    )


def test_good_values_reach_the_render(post_pair: Callable[..., HttpResponse]) -> None:
    values = {
        "image_size": "96",
        "strength": "0.7",
        "style_scale": "1.5",
        "original_colors": "on",
        "match_colors": "on",
        "regions": "automatic",
        "region_count": "3",
        "content_weight": "0",
        "style_weight": "12.5",
        "texture_weight": "0.5",
        "tv_weight": "0.25",
        "backbone": "vgg19-lite",
        "style_loss": "gram",
        "pooling": "avg",
        "content_layers": "relu2_1",
        "style_layers": "relu1_1, relu2_1",
        "content_layer_weights": "2",
        "style_layer_weights": "0.5, 3",
        "wrap": "x",
        "init": "noise",
        "seed": str(2**32 - 1),
        "num_iterations": "7",
        "early_stopping": "0.01",
        "optimizer": "lbfgs",
        "lbfgs_num_correction": "20",
        "normalize_gradients": "on",
        "learning_rate": "0.05",
        "height_map": "on",
    }
    assert set(values) == set(offered(StyleRecipe))

    assert post_pair(**values).status_code == 302

    assert Render.objects.get().recipe == StyleRecipe.model_validate(values)


def test_what_the_studio_does_not_offer_is_not_taken_from_a_request(post_pair: Callable[..., HttpResponse]) -> None:
    assert post_pair(style_blend_weights="1, 2", print_iter="1", save_iter="1").status_code == 302
    assert Render.objects.get().recipe == StyleRecipe(image_size=64, num_iterations=3)


def test_an_empty_value_means_the_default(post_pair: Callable[..., HttpResponse]) -> None:
    assert post_pair(**dict.fromkeys(StyleRecipe.model_fields, "")).status_code == 302
    assert Render.objects.get().recipe == StyleRecipe()


def test_a_form_without_recipe_fields_means_the_defaults(post_pair: Callable[..., HttpResponse]) -> None:
    assert post_pair(image_size=None, num_iterations=None).status_code == 302
    assert Render.objects.get().recipe == StyleRecipe()
