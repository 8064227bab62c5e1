"""A render may take several styles, each with a weight."""

import io
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image, ImageChops

from gallery.models import Picture, Render, Status
from gallery.queueing.order import Order
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting
from transfer.inputs import Role
from transfer.recipes.style import MOST_STYLES, StyleRecipe

Post = Callable[..., HttpResponse]
Make = Callable[..., Picture]


def file(seed: int, name: str = "more.png") -> object:
    return upload(name, as_bytes(painting((80, 80), seed=seed)))


def test_uploaded_and_known_styles_become_one_order_in_their_order(post_pair: Post, make_picture: Make) -> None:
    known = make_picture(seed=7)

    assert post_pair(style_2_id=str(known.id), style_3=file(8, "third.png")).status_code == 302

    order = Order.of(Render.objects.get())
    assert [str(picture) for picture in order.styles] == ["strokes.png", "strokes.png", "third.png"]
    assert order.styles[1] == known


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, ()),
        ({"blend_1": "1", "blend_2": "1"}, ()),
        ({"blend_1": "0.5", "blend_2": ".50"}, ()),
        ({"blend_1": "3"}, (3.0, 1.0)),
        ({"blend_1": "0", "blend_2": "2"}, (0.0, 2.0)),
    ],
)
def test_weights_are_the_recipes_unless_they_are_all_the_same(
    given: dict, kept: tuple[float, ...], post_pair: Post
) -> None:
    assert post_pair(style_2=file(3), **given).status_code == 302
    assert Render.objects.get().recipe.style_blend_weights == kept


def test_one_style_has_no_weight(post_pair: Post) -> None:
    assert post_pair(blend_1="7", style_2_id="").status_code == 302
    assert Render.objects.get().recipe.style_blend_weights == ()


def test_places_that_are_left_empty_do_not_count(post_pair: Post) -> None:
    response = post_pair(style_2_id="", style_4=file(4), blend_1="2", blend_2="9", blend_3="8", blend_4="5")

    assert response.status_code == 302
    order = Order.of(Render.objects.get())
    assert len(order.styles) == 2
    assert order.recipe.style_blend_weights == (2.0, 5.0)


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"blend_1": "0", "blend_2": "0"}, "blend_1"),
        ({"blend_2": "-1"}, "blend_2"),
        ({"blend_2": "1001"}, "blend_2"),
        ({"blend_2": "nan"}, "blend_2"),
        ({"style_2": "not a file", "style_2_id": "nonsense"}, "style_2"),
        ({"style_2": None, "style_2_id": "00000000-0000-4000-8000-000000000000"}, "style_2"),
        ({"style": None}, "style"),
    ],
)
def test_what_is_wrong_with_a_style_stands_beside_it_and_nothing_is_made(
    fields: dict, beside: str, post_pair: Post, nothing_was_made: Callable[[], bool]
) -> None:
    response = post_pair(**{"style_2": file(3), **fields})

    assert response.status_code == 422
    assert beside in response.context["form"].errors
    role = beside.replace("blend_", "style_").replace("style_1", "style")
    part = response.content.decode().split(f'data-role="{role}"')[1].split("data-role=")[0]
    assert response.context["form"].errors[beside][0] in part.replace("&#x27;", "'")
    assert nothing_was_made()


def test_all_uploads_together_have_a_limit_since_they_are_in_memory_together(
    post_pair: Post, nothing_was_made: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gallery.studio.submission.MOST_PIXELS", 96 * 72 + 2 * 80 * 80)

    response = post_pair(style_2=file(3), style_3=file(4))

    assert list(response.context["form"].errors) == ["style_3"]
    assert "All uploads together" in response.context["form"].errors["style_3"][0]
    assert nothing_was_made()


def test_there_are_sixteen_at_most(post_pair: Post, make_picture: Make) -> None:
    known = make_picture(seed=3)
    more = {f"style_{number}_id": str(known.id) for number in range(2, MOST_STYLES + 5)}

    assert post_pair(**more).status_code == 302
    assert len(Order.of(Render.objects.get()).styles) == MOST_STYLES


def test_without_scripts_a_link_adds_a_place_and_keeps_the_pictures(client: Client, make_picture: Make) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)

    page = client.get(f"/new/?content={content.id}&style={style.id}").content.decode()
    assert 'name="style_2"' not in page
    assert 'name="blend_1"' not in page
    address = f"/new/?content={content.id}&style={style.id}&styles=2"
    assert f'href="{address.replace("&", "&amp;")}">Add a style' in page

    page = client.get(address).content.decode()
    for name in ("style_2", "style_2_id", "blend_1", "blend_2"):
        assert f'name="{name}"' in page
    assert f'name="content_id" value="{content.id}"' in page
    assert f'name="style_id" value="{style.id}"' in page


@pytest.mark.parametrize(("asked", "given"), [("16", 16), ("17", 1), ("0", 1), ("-2", 1), ("x", 1), ("٣", 1)])
def test_as_many_places_as_are_allowed(asked: str, given: int, client: Client, db: None) -> None:
    response = client.get("/new/", {"styles": asked})

    assert response.context["form"].counts[Role.STYLE] == given
    assert ("Add a style" in response.content.decode()) == (given < MOST_STYLES)


def test_the_studio_is_filled_in_from_a_render_of_several_styles(
    client: Client, make_finished: Callable[..., Render], make_picture: Make
) -> None:
    recipe = StyleRecipe(image_size=64, style_blend_weights=(3, 1))
    render = make_finished(recipe_json=recipe.model_dump(mode="json"))
    second = make_picture(seed=12)
    render.inputs.create(role="style", place=2, picture=second)

    form = client.get(f"/new/?from={render.id}").context["form"]

    assert [str(slot.known.value()) for slot in form.picture_slots[1:]] == [str(render.pair.style_id), str(second.id)]
    assert [slot.weight.value() for slot in form.picture_slots[1:]] == [3.0, 1.0]


def test_re_rendering_from_the_admin_keeps_the_weights(
    charlies_browser: Client, make_finished: Callable[..., Render], make_picture: Make
) -> None:
    recipe = StyleRecipe(image_size=64, style_blend_weights=(3, 1))
    render = make_finished(recipe_json=recipe.model_dump(mode="json"))
    render.inputs.create(role="style", place=2, picture=make_picture(seed=12))

    charlies_browser.post(
        "/admin/gallery/render/",
        {"action": "rerender", "_selected_action": [render.pk], "change": "image_size", "image_size": "80"},
    )

    again = Render.objects.get(parent=render)
    assert (again.recipe.image_size, again.recipe.style_blend_weights) == (80, (3.0, 1.0))


@pytest.mark.usefixtures("worker")
def test_a_second_style_shows_in_the_picture(post_pair: Post, wait_for: Callable[..., Render]) -> None:
    second = Image.new("RGB", (80, 80), (20, 160, 40))
    second.paste((240, 240, 20), (0, 0, 80, 30))
    settings = {"image_size": "64", "num_iterations": "20"}
    alone = post_pair(**settings)
    both = post_pair(**settings, style_2=upload("green.png", as_bytes(second)), blend_1="1", blend_2="4")

    pictures = []
    for response in (alone, both):
        row = wait_for(response.headers["Location"].split("/")[2], Status.COMPLETED, Status.FAILED)
        assert row.status == Status.COMPLETED, row.error
        with row.output.open("rb") as stored:
            pictures.append(Image.open(io.BytesIO(stored.read())).convert("RGB"))

    assert max(high for _, high in ImageChops.difference(*pictures).getextrema()) > 20
