"""Every field of the studio shows its default, and whether it holds anything else."""

import itertools
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse

from gallery.recipes.fields import initial, offered
from gallery.recipes.form import RecipeForm
from gallery.recipes.settings import SLIDERS, Setting
from transfer.kinds import known
from transfer.recipes.style import StyleRecipe


def settings(form: RecipeForm) -> dict[str, Setting]:
    return {setting.field.name: setting for group in form.groups() for setting in group.settings}


def test_by_default_nothing_is_changed() -> None:
    assert not any(setting.is_changed for setting in settings(RecipeForm()).values())
    assert not any(setting.is_changed for setting in settings(RecipeForm({})).values())
    assert not any(setting.is_changed for setting in settings(RecipeForm(initial=initial(StyleRecipe()))).values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("image_size", "513"),
        ("strength", "0.51"),
        ("original_colors", "on"),
        ("regions", "automatic"),
        ("style_layers", "relu1_1"),
        ("learning_rate", "nonsense"),
    ],
)
def test_another_value_is_a_change_and_its_group_counts_it(name: str, value: str) -> None:
    form = RecipeForm({name: value})

    assert [each for each, setting in settings(form).items() if setting.is_changed] == [name]
    assert sorted(group.changed for group in form.groups()) == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(("name", "value"), [("image_size", "512"), ("strength", ".50"), ("tv_weight", "1.0")])
def test_the_same_number_in_other_digits_is_no_change(name: str, value: str) -> None:
    assert not settings(RecipeForm({name: value}))[name].is_changed


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("image_size", "512"),
        ("style_scale", "1"),
        ("learning_rate", "0.045"),
        ("original_colors", "off"),
        ("style_loss", "Gaussian W2 (cleaner)"),
        ("style_layers", "the network's own"),
        ("style_layer_weights", "all the same"),
    ],
)
def test_the_default_is_told_in_words(name: str, words: str) -> None:
    assert settings(RecipeForm())[name].default_in_words == words


def test_the_page_marks_what_is_changed(post_pair: Callable[..., HttpResponse]) -> None:
    page = post_pair(learning_rate="7", image_size=None, num_iterations=None).content.decode()

    changed = re.findall(r'<div class="field[^"]* changed" data-field="(\w+)"', page)
    assert changed == ["learning_rate"]
    painting = page.split(">Painting <")[1].split("</summary>")[0]
    assert "<b>1</b> changed" in painting
    assert "hidden" not in painting


def test_a_slider_stands_within_the_bounds_of_its_number() -> None:
    recipes = {kind.recipe for kind in known().values()}
    for name, (lowest, highest, step) in SLIDERS.items():
        having = [recipe for recipe in recipes if name in offered(recipe)]
        for recipe, value in itertools.product(having, (lowest, highest)):
            recipe.model_validate({name: value})
        assert 0 < step < highest - lowest
        assert having
