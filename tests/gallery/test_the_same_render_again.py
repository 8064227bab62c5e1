"""People are told when the render that they ask for is here already, by an equal recipe of equal pictures."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.accounts.person import NOBODY
from gallery.browsing import same
from gallery.models import Picture, Render, Status
from gallery.models.querysets import RenderQuerySet
from gallery.queueing.order import Order
from transfer.inputs import Role
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]
RECIPE = StyleRecipe(image_size=64, num_iterations=3)


def found_for(render: Render, **changes: object) -> Render | None:
    """The one that is the same as what `render` was asked for with."""
    order = Order.of(render)
    return same.same(order.recipe.with_changes(**changes), order.identities, NOBODY)


def plan(client: Client, render: Render, **fields: object) -> str:
    """What the studio says."""
    pictures = {"content_id": render.pair.content_id, "style_id": render.pair.style_id}
    return client.post("/new/plan/", {**pictures, "image_size": 64, "num_iterations": 3, **fields}).content.decode()


def test_an_equal_recipe_of_equal_pictures_is_the_same(
    make_finished: Make, make_picture: Callable[..., Picture], bob: User
) -> None:
    render = make_finished()
    again = make_finished(bob, status=Status.FAILED, content=make_picture(bob, seed=1), style=make_picture(bob, seed=2))
    assert again.pair != render.pair

    assert found_for(again) == render
    assert found_for(again, print_iter=7) == render


@pytest.mark.parametrize("changes", [{"strength": 0.4}, {"image_size": 128}, {"seed": 5}, {"init": "noise"}])
def test_another_recipe_is_not(changes: dict[str, object], make_finished: Make) -> None:
    assert found_for(make_finished(), **changes) is None


def test_other_pictures_or_masks_are_not(make_finished: Make, make_picture: Callable[..., Picture]) -> None:
    render, other = make_finished(), make_finished(content=make_picture(seed=7), status=Status.FAILED)
    assert found_for(other) is None

    inputs = Order.of(render).identities
    assert same.same(RECIPE, inputs, NOBODY) == render
    masked = {**inputs, (Role.MASK, 0): "masks/aa/none.png"}
    assert same.same(RECIPE, masked, NOBODY) is None
    render.inputs.create(role="style", place=2, picture=make_picture(seed=9))
    assert same.same(RECIPE, inputs, NOBODY) is None


def test_what_was_stopped_early_or_is_hidden_is_not(make_finished: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = make_finished(provenance={"kept": {"long_side": 32, "iteration": 1, "iterations": 3}})
    assert found_for(kept) is None

    render = make_finished()
    assert found_for(render) == render
    monkeypatch.setattr(RenderQuerySet, "visible_to", lambda rows, person: rows.none())
    assert found_for(render) is None


def test_a_recipe_from_before_there_were_kinds_is_compared_as_well(make_finished: Make) -> None:
    old = {name: value for name, value in RECIPE.model_dump(mode="json").items() if name not in ("kind", "version")}
    render = make_finished(recipe_json=old)

    assert found_for(render) == render


def test_the_studio_says_so(client: Client, make_finished: Make) -> None:
    render = make_finished()
    link = f'This render exists already: <a href="/renders/{render.id}/">open it</a>.'

    assert link in plan(client, render)
    assert link not in plan(client, render, strength="0.9")
    assert link not in plan(client, render, content_size="96x80")  # another picture, that is not here yet


def test_with_uneven_weights_it_is_another(
    client: Client, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    render, second = make_finished(), make_picture(seed=9)
    render.inputs.create(role="style", place=2, picture=second)

    assert "exists already" in plan(client, render, style_2_id=second.pk, blend_1="1", blend_2="")
    assert "exists already" not in plan(client, render, style_2_id=second.pk, blend_1="3", blend_2="1")


def test_a_larger_size_that_is_here_is_offered_to_be_opened(
    client: Client, clean_queue: object, make_finished: Make
) -> None:
    parent = make_finished()
    larger = make_finished(recipe_json={**RECIPE.model_dump(mode="json"), "image_size": 256}, seed=5)

    page = client.get(f"/renders/{parent.id}/").content.decode()

    assert f'href="/renders/{larger.id}/">256 px exists already: open it</a>' in page
    client.post(f"/renders/{parent.id}/bigger/", {"image_size": "256"})  # it may be painted again all the same
    assert Render.objects.waiting().get().image_size == 256
