"""Staff render again with a few fields changed; that makes a new row and leaves the old one alone."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from gallery.models import Render, Status
from gallery.recipes.fields import offered
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]
RENDERS = "/admin/gallery/render/"


@pytest.fixture
def source(alice: User, make_finished: Make) -> Render:
    """A finished render of alice's."""
    recipe = StyleRecipe(
        image_size=77, num_iterations=3, style_loss="gram", style_layers=("relu1_1", "relu2_1"), seed=5
    )
    return make_finished(alice, recipe_json=recipe.model_dump(mode="json"))


def filled_in(*sources: Render, **changes: object) -> dict[str, object]:
    """The form as a browser sends it after some changes, whose boxes are ticked."""
    values = {name: ",".join(value) if isinstance(value, tuple) else value for name, value in sources[0].recipe}
    if not values["original_colors"]:
        del values["original_colors"]
    chosen = {"action": "rerender", "_selected_action": [source.pk for source in sources], "change": list(changes)}
    return {**chosen, **values, **changes}


def test_the_action_shows_the_recipe_of_the_source(charlies_browser: Client, source: Render) -> None:
    response = charlies_browser.post(RENDERS, {"action": "rerender", "_selected_action": source.pk, "index": 0})

    assert response.status_code == 200
    form = response.context["form"]
    assert {name: form[name].value() for name in ("image_size", "num_iterations", "style_loss", "style_layers")} == {
        "image_size": 77, "num_iterations": 3, "style_loss": "gram", "style_layers": "relu1_1, relu2_1",
    }  # fmt: skip
    assert all(f'name="{name}"' in response.content.decode() for name in offered(StyleRecipe))
    assert Render.objects.count() == 1


def test_valid_values_make_a_new_render_and_leave_the_old_one(
    charlies_browser: Client, charlie: User, source: Render
) -> None:
    before = Render.objects.filter(pk=source.pk).values().get()

    response = charlies_browser.post(RENDERS, filled_in(source, image_size=96, style_loss="w2"))

    assert response.status_code == 302
    new = Render.objects.exclude(pk=source.pk).get()
    assert (new.parent, new.pair, new.status, new.owner) == (source, source.pair, Status.PENDING, charlie)
    assert new.recipe == source.recipe.model_copy(update={"image_size": 96, "style_loss": "w2"})
    assert Render.objects.filter(pk=source.pk).values().get() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("image_size", "9"),
        ("learning_rate", "nan"),
        ("style_layers", "relu9_9"),
        ("backbone", "vgg19"),
    ],
)
def test_invalid_values_show_errors_and_make_nothing(
    field: str, value: str, charlies_browser: Client, source: Render
) -> None:
    response = charlies_browser.post(RENDERS, filled_in(source, **{field: value}))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert escape(response.context["form"].errors[field][0]) in response.content.decode()
    assert f'name="{field}" value="{value}"' in response.content.decode() or field == "backbone"
    assert Render.objects.count() == 1


def test_several_are_rendered_again_and_each_keeps_the_rest_of_its_recipe(
    charlies_browser: Client, source: Render, make_finished: Make
) -> None:
    other = make_finished(seed=3, status=Status.FAILED)
    shown = charlies_browser.post(RENDERS, {"action": "rerender", "_selected_action": [source.pk, other.pk]})
    assert {"style_loss", "seed", "style_layers"} <= set(shown.context["form"].differing)

    page = charlies_browser.post(RENDERS, filled_in(source, other, seed=8), follow=True)

    assert "2 new renders are in the queue." in page.content.decode()
    new = Render.objects.filter(status=Status.PENDING)
    assert {render.parent for render in new} == {source, other}
    for render in new:
        assert render.recipe == render.parent.recipe.with_changes(seed=8)


def test_what_is_not_ticked_is_not_changed(charlies_browser: Client, source: Render) -> None:
    sent = filled_in(source, seed=8) | {"image_size": 96, "learning_rate": "nonsense"}

    assert charlies_browser.post(RENDERS, sent).status_code == 302
    assert Render.objects.exclude(pk=source.pk).get().recipe == source.recipe.with_changes(seed=8)


def test_something_must_be_ticked(charlies_browser: Client, source: Render) -> None:
    page = charlies_browser.post(RENDERS, filled_in(source) | {"image_size": 96})

    assert page.status_code == 422
    assert "Tick at least one field" in page.content.decode()
    assert Render.objects.count() == 1
