"""What is painted of a content that goes on at its opposite sides does so too, unless somebody leaves it a seam."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from gallery.accounts.person import Person
from gallery.models import Picture, Render, Sweep
from gallery.pictures import blobs, making
from gallery.studio.going_round import wrap_of
from tests.pictures import as_bytes, painting
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.land import WorldRecipe
from transfer.texture.recipe import TextureRecipe

Post = Callable[..., HttpResponse]
GLOBE = WorldRecipe(image_size=128, shape="2:1", wraps=True)
HIDDEN = 'class="notice round" role="status" hidden'
pytestmark = pytest.mark.usefixtures("clean_queue")


@pytest.fixture
def globe(db: None) -> Picture:
    return making.keep(GLOBE, Person(None, "v"))


@pytest.fixture
def flat(db: None) -> Picture:
    return making.keep(GLOBE.with_changes(wraps=False), Person(None, "v"))


@pytest.fixture
def painted(post_pair: Post) -> Callable[..., Render]:
    """The render of a content that is here, with these fields."""

    def post(content: Picture | Render, **fields: object) -> Render:
        given = {"content": None, "content_id": str(content.pk), "image_size": 64, "num_iterations": 2}
        address = post_pair(**given | fields).headers["Location"]
        return Render.objects.get(pk=address.split("/")[2])

    return post


def test_a_globe_stays_one(painted: Callable[..., Render], globe: Picture) -> None:
    render = painted(globe, wrap="none")
    assert (render.recipe.wrap, render.size) == ("x", (64, 32))


def test_a_checkbox_leaves_the_seam(painted: Callable[..., Render], globe: Picture) -> None:
    assert painted(globe, seam="on").recipe.wrap == "none"


def test_a_wrap_that_somebody_chose_stays(painted: Callable[..., Render], globe: Picture) -> None:
    assert painted(globe, wrap="both").recipe.wrap == "both"


def test_neither_a_part_of_a_globe_nor_another_map_goes_round(
    painted: Callable[..., Render], globe: Picture, flat: Picture
) -> None:
    part = painted(globe, content_crop="0,0,0.75,1;0")
    again = painted(globe, content_crop="0,0,0.75,1;0")  # the part is stored now
    assert [each.recipe.wrap for each in (part, again, painted(flat))] == ["none"] * 3


def test_a_tile_goes_on_as_it_does(painted: Callable[..., Render], make_finished: Callable[..., Render]) -> None:
    recipe = TextureRecipe(image_size=64, wrap="both").model_dump(mode="json")
    tile = make_finished(recipe_json=recipe, output=blobs.store("renders", as_bytes(painting((64, 64))), ".png"))
    assert painted(tile).recipe.wrap == "both"


@pytest.mark.parametrize(("west", "east", "wrap"), [(-180, 180, "x"), (-170, 170, "none")])
def test_so_does_all_of_the_earth_and_no_piece_of_it(db: None, west: int, east: int, wrap: str) -> None:
    recipe = EarthRecipe(west=west, east=east, south=-90, north=90)
    assert wrap_of(Picture(made_by=recipe.model_dump(mode="json"))) == wrap


def test_the_page_says_so(client: Client, globe: Picture, flat: Picture) -> None:
    shown = [client.get("/new/", {"content": str(each.pk)}).content.decode() for each in (globe, flat)]
    assert [HIDDEN in page for page in shown] == [False, True]
    plans = [client.post("/new/plan/", {"content_id": str(each.pk)}) for each in (globe, flat)]
    assert [b"goes-round" in plan.content for plan in plans] == [True, False]


@pytest.mark.parametrize("fields", [{}, {"seam": "on"}])
def test_filled_in_again_it_is_asked_for_again(
    client: Client, painted: Callable[..., Render], globe: Picture, fields: dict[str, str]
) -> None:
    first = painted(globe, **fields)
    form = client.get("/new/", {"from": str(first.pk)}).context["form"]
    sent = {name: form[name].value() for name in ("wrap", "seam")}
    assert painted(globe, wrap=sent["wrap"], **({"seam": "on"} if sent["seam"] else {})).recipe == first.recipe


def test_one_of_several_contents_does_not_decide_for_the_others(client: Client, globe: Picture, flat: Picture) -> None:
    pictures = {"content_id": str(globe.pk), "style_id": str(flat.pk), "pictures_1_id": [str(flat.pk)]}
    client.post("/sweeps/new/", {"axis_1": "content", "sweep_at": "chosen", "image_size": 64, **pictures})
    assert {cell.recipe.wrap for cell in Sweep.objects.get().renders.all()} == {"none"}
