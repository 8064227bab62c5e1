"""Where content and style know their places, water takes water, unless a person asks for something else."""

from collections.abc import Callable
from typing import Any

import numpy
import pytest
from django.test import Client
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import blobs, masks, places, uploads
from gallery.pictures.uploads import Decoded, Known
from gallery.queueing.order import Order
from tests.pictures import painting
from transfer.labels import Label, LabelMap


def of_two_places(left: Label, right: Label) -> LabelMap:
    values = numpy.full((64, 80), left, numpy.uint8)
    values[:, 30:] = right
    return LabelMap.of(values)


@pytest.fixture
def known(db: None) -> Callable[..., Picture]:
    """A stored picture that knows its places."""

    def make(labels: LabelMap | None) -> Picture:
        name = blobs.store("maps", labels.png(), ".png") if labels else None
        seed = len(Picture.objects.all())
        picture = Image.eval(painting((80, 64)), lambda level: max(0, level - seed))
        return uploads.store(Decoded(picture, "x.png", Known(labels=name)), Person(None, "v"))

    return make


@pytest.fixture
def world(known: Callable[..., Picture]) -> Picture:
    return known(of_two_places(Label.WATER, Label.DESERT))


@pytest.fixture
def earth(known: Callable[..., Picture]) -> Picture:
    return known(of_two_places(Label.WATER, Label.PLAIN))


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    def post(content: Picture, style: Picture, address: str = "/new/", **fields: str) -> Any:
        names = {"content_id": str(content.pk), "style_id": str(style.pk), "image_size": "64"}
        return client.post(address, {**names, "by_name": "on", **fields})

    return post


def test_the_render_has_a_mask_for_each_picture(ask: Callable[..., Any], world: Picture, earth: Picture) -> None:
    assert ask(world, earth).status_code == 302

    row = Render.objects.get()
    assert row.recipe_json["regions"] == "masks"
    assert len(Order.of(row).masks) == 2


def test_the_plan_says_what_takes_what(ask: Callable[..., Any], world: Picture, earth: Picture) -> None:
    told = ask(world, earth, "/new/plan/").content.decode()

    assert "Water takes water, desert takes plain." in told or "Desert takes plain, water takes water." in told


def test_the_choice_of_the_studio_is_the_same(client: Client, world: Picture, earth: Picture) -> None:
    fields = {"content_id": str(world.pk), "style_id": str(earth.pk), "image_size": "64", "regions": "names"}

    assert "takes water" in client.post("/new/plan/", fields).content.decode()
    assert client.post("/new/", fields).status_code == 302
    assert Render.objects.get().recipe_json["regions"] == "masks"


def test_who_chooses_none_gets_no_regions(client: Client, world: Picture, earth: Picture) -> None:
    names = {"content_id": str(world.pk), "style_id": str(earth.pk), "image_size": "64", "regions": "none"}

    assert client.post("/new/", names).status_code == 302
    assert Render.objects.get().recipe_json["regions"] == "none"


def test_who_asks_for_other_regions_gets_those(ask: Callable[..., Any], world: Picture, earth: Picture) -> None:
    assert ask(world, earth, regions="automatic").status_code == 302
    assert Render.objects.get().recipe_json["regions"] == "automatic"


def test_a_style_that_knows_no_places_is_painted_as_before(
    ask: Callable[..., Any], world: Picture, known: Callable[..., Picture]
) -> None:
    assert ask(world, known(None)).status_code == 302
    assert Render.objects.get().recipe_json["regions"] == "none"


def test_a_remix_finds_them_again(ask: Callable[..., Any], client: Client, world: Picture, earth: Picture) -> None:
    ask(world, earth)
    form = client.get(f"/new/?from={Render.objects.get().pk}").context["form"]

    assert form["regions"].value() == "names"
    assert form.lender is None


def test_the_recipe_says_what_took_what(
    ask: Callable[..., Any], client: Client, world: Picture, earth: Picture
) -> None:
    page = client.get(ask(world, earth).headers["Location"]).content.decode()

    assert "by name: desert from plain, water" in page
    assert ">masks<" not in page


def test_the_masks_name_their_regions(ask: Callable[..., Any], client: Client, world: Picture, earth: Picture) -> None:
    page = client.get(ask(world, earth).headers["Location"]).content.decode()

    assert ">Water</li>" in page
    assert ">Plain</li>" in page
    assert "Region 1" not in page


def test_a_render_of_before_borders_were_left_out_is_told_by_name_too(world: Picture, earth: Picture) -> None:
    assert world.labels_id
    assert earth.labels_id
    whole = (places.labels_in(name) for name in (world.labels_id, earth.labels_id))
    masks_of_before = tuple(
        masks.store(Image.fromarray((each.values == Label.WATER).astype(numpy.uint8))) for each in whole if each
    )

    found = places.by_name(masks_of_before, (world.labels_id, earth.labels_id))

    assert found == {"desert": "plain", "water": "water"}
