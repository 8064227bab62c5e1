"""One press makes a finished render bigger, or paints it again with another seed; it reuses what is stored."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render, Worker
from gallery.painting.checkpoints import Stored
from gallery.processes.parts import Part
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def test_one_press_makes_a_child_of_the_next_size(
    bobs_browser: Client, alice: User, bob: User, clean_queue: object, make_finished: Make
) -> None:
    parent = make_finished(alice, recipe_json=StyleRecipe(image_size=64, strength=0.7).model_dump(mode="json"))

    response = bobs_browser.post(f"/renders/{parent.id}/bigger/", {"image_size": "512"})

    child = Render.objects.waiting().get()
    assert response.headers["Location"] == f"/renders/{child.id}/"
    assert (child.parent, child.pair, child.owner) == (parent, parent.pair, bob)
    assert child.recipe == StyleRecipe(image_size=512, strength=0.7)


@pytest.mark.parametrize("size", ["", "x", "64", "63", "100000", "-1"])
def test_a_size_that_is_not_larger_is_refused(size: str, client: Client, make_finished: Make) -> None:
    parent = make_finished()

    response = client.post(f"/renders/{parent.id}/bigger/", {"image_size": size}, follow=True)

    assert "Choose one of the larger sizes." in response.content.decode()
    assert Render.objects.get() == parent


def test_sizes_come_with_their_time_or_why_they_cannot_be_had(
    client: Client, make_finished: Make, make_worker: Callable[..., Worker]
) -> None:
    make_worker(memory=2 * 2**30)
    parent = make_finished(recipe_json=StyleRecipe(image_size=2048).model_dump(mode="json"))

    sizes = client.get(f"/renders/{parent.id}/").context["sizes"]

    assert [size.side for size in sizes] == [2896, 4096, 5793, 8192]
    assert sizes[0].seconds > 0
    assert not sizes[0].refusal
    assert sizes[-1].refusal
    response = client.post(f"/renders/{parent.id}/bigger/", {"image_size": "8192"}, follow=True)
    assert sizes[-1].refusal in response.content.decode()
    assert Render.objects.get() == parent


def test_another_seed_is_offered_where_it_matters(client: Client, clean_queue: object, make_finished: Make) -> None:
    from_content = make_finished()
    from_noise = make_finished(recipe_json=StyleRecipe(image_size=64, init="noise").model_dump(mode="json"))
    assert "another seed" not in client.get(f"/renders/{from_content.id}/").content.decode()
    assert "another seed" in client.get(f"/renders/{from_noise.id}/").content.decode()

    client.post(f"/renders/{from_noise.id}/reseed/")

    child = Render.objects.waiting().get()
    assert child.recipe.seed != from_noise.recipe.seed
    assert child.recipe.model_copy(update={"seed": from_noise.recipe.seed}) == from_noise.recipe
    assert child.parent == from_noise


def test_the_recipe_alone_can_be_taken_to_the_studio(client: Client, make_finished: Make) -> None:
    render = make_finished(recipe_json=StyleRecipe(image_size=333, strength=0.25).model_dump(mode="json"))

    form = client.get(f"/new/?recipe={render.id}").context["form"]

    assert (form["image_size"].value(), form["strength"].value()) == (333, 0.25)
    assert form["content_id"].value() is None


@pytest.mark.django_db(transaction=True)
def test_the_finished_rungs_are_not_painted_again(
    worker: Part, client: Client, make_render: Make, wait_for: Callable[..., Render]
) -> None:
    parent = make_render(image_size=128)
    wait_for(parent.id, "completed")
    kept = {each.name: each.written for each in Stored().everything()}
    assert kept

    client.post(f"/renders/{parent.id}/bigger/", {"image_size": "181"})

    child = wait_for(Render.objects.get(parent=parent).id, "completed")
    assert max(child.width, child.height) == 181
    still = {each.name: each.written for each in Stored().everything()}
    assert kept.items() <= still.items()  # nothing below was written again
    assert len({name.split("/")[0] for name in still}) == 1
