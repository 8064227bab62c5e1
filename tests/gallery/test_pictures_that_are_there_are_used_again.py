"""A form may name a stored picture instead of sending a file; it needs one of the two."""

import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from gallery.models import Picture, Render
from transfer.recipes.style import StyleRecipe

UNKNOWN = str(uuid.UUID(int=1))


def test_known_pictures_are_rendered_without_an_upload(
    post_pair: Callable[..., HttpResponse], make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)

    response = post_pair(content=None, style=None, content_id=str(content.id), style_id=str(style.id))

    assert response.status_code == 302
    pair = Render.objects.get().pair
    assert (pair.content, pair.style) == (content, style)
    assert Picture.objects.count() == 2


def test_one_picture_may_be_both(post_pair: Callable[..., HttpResponse], make_picture: Callable[..., Picture]) -> None:
    picture = make_picture()

    response = post_pair(content=None, style=None, content_id=str(picture.id), style_id=str(picture.id))

    assert response.status_code == 302
    assert Render.objects.get().pair.content == Render.objects.get().pair.style == picture


def test_a_file_goes_before_a_known_picture(
    post_pair: Callable[..., HttpResponse], make_picture: Callable[..., Picture]
) -> None:
    assert post_pair(content_id=str(make_picture().id)).status_code == 302
    assert Render.objects.get().pair.content.name == "house.jpg"


@pytest.mark.parametrize("role", ["content", "style"])
def test_a_missing_picture_is_asked_for(
    role: str, post_pair: Callable[..., HttpResponse], nothing_was_made: Callable[[], bool]
) -> None:
    response = post_pair(**{role: None})

    assert response.status_code == 422
    assert response.context["form"].errors == {role: [f"Choose a {role} picture."]}
    assert nothing_was_made()


@pytest.mark.parametrize("identifier", [UNKNOWN, "1", "not an id", "<script>", "\0", "../x"])
def test_an_unknown_picture_is_told_of_beside_its_field(
    identifier: str, post_pair: Callable[..., HttpResponse], nothing_was_made: Callable[[], bool]
) -> None:
    response = post_pair(content=None, content_id=identifier)

    assert response.status_code == 422
    assert len(response.context["form"].errors["content"]) == 1
    assert "<script>" not in response.content.decode()
    beside = response.content.decode().split('data-role="content"')[1].split('data-role="style"')[0]
    assert response.context["form"].errors["content"][0] in beside
    assert nothing_was_made()


def test_a_chosen_picture_stays_chosen_when_something_else_is_wrong(
    post_pair: Callable[..., HttpResponse], make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture()

    page = post_pair(content=None, content_id=str(picture.id), image_size="1").content.decode()

    assert f'value="{picture.id}"' in page
    assert picture.thumbnail.url in page


def test_the_form_is_filled_in_from_two_pictures(client: Client, make_picture: Callable[..., Picture]) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)

    response = client.get(f"/new/?content={content.id}&style={style.id}")

    page = response.content.decode()
    assert f'name="content_id" value="{content.id}"' in page
    assert f'name="style_id" value="{style.id}"' in page
    assert content.thumbnail.url in page
    assert style.thumbnail.url in page


def test_the_form_is_filled_in_from_a_render(client: Client, make_finished: Callable[..., Render]) -> None:
    recipe = StyleRecipe(
        image_size=77, original_colors=True, style_layers=("relu1_1", "relu2_1"), style_loss="gram", seed=5
    )
    render = make_finished(recipe_json=recipe.model_dump(mode="json"))

    form = client.get(f"/new/?from={render.id}").context["form"]

    assert form["image_size"].value() == 77
    assert form["original_colors"].value() is True
    assert form["style_layers"].value() == "relu1_1, relu2_1"
    assert form["style_loss"].value() == "gram"
    assert form["seed"].value() == 5
    assert str(form["content_id"].value()) == str(render.pair.content_id)
    assert str(form["style_id"].value()) == str(render.pair.style_id)


def test_what_was_filled_in_from_a_render_can_be_sent(client: Client, make_finished: Callable[..., Render]) -> None:
    render = make_finished()
    form = client.get(f"/new/?from={render.id}").context["form"]
    values = {field.name: field.value() for field in form if field.value() not in (None, False)}

    assert client.post("/new/", values).status_code == 302

    again = Render.objects.exclude(pk=render.pk).get()
    assert (again.pair, again.recipe) == (render.pair, render.recipe)


@pytest.mark.parametrize("query", ["from=x", f"from={UNKNOWN}", "content=1&style=%00", f"style={UNKNOWN}"])
def test_an_address_that_names_nothing_gives_the_empty_form(client: Client, db: None, query: str) -> None:
    response = client.get(f"/new/?{query}")

    assert response.status_code == 200
    assert [slot.chosen for slot in response.context["form"].picture_slots] == [None, None]
