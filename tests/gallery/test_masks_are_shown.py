"""The masks of a render are shown beside its pictures, in colours, with what their regions are called."""

import base64
import io
from collections.abc import Callable

import numpy
from django.test import Client
from PIL import Image

from gallery.models import Render
from gallery.pictures import blobs, shown_masks
from tests.pictures import as_bytes
from transfer.labels import LabelMap

Make = Callable[..., Render]
VALUES = numpy.repeat(numpy.array([[1, 1, 2, 2]], numpy.uint8), 300, axis=0).repeat(100, axis=1)


def stored(mask: bytes) -> str:
    return blobs.store("masks", mask, ".png")


def test_named_regions_have_the_colours_of_what_they_are(make_finished: Make, client: Client) -> None:
    render = make_finished()
    named = LabelMap(VALUES, {1: "water", 2: "old <town>"})
    for place in (0, 1):
        render.inputs.create(role="mask", place=place, file=stored(named.png()))

    page = client.get(f"/renders/{render.id}/").content.decode()

    assert 'alt="The regions of the content"' in page
    assert "Style, regions" in page
    assert page.count(">Water</li>") == page.count(">Old &lt;town&gt;</li>") == 1
    assert "--colour: #407cb8" in page


def test_regions_without_names_are_numbered(db: None) -> None:
    plain = shown_masks.shown(stored(as_bytes(Image.fromarray(VALUES * 3 % 5, "L"))))

    assert plain is not None
    assert [region.name for region in plain.regions] == ["Region 1", "Region 3"]
    with Image.open(io.BytesIO(base64.b64decode(plain.address.partition(",")[2]))) as image:
        assert image.size == (plain.width, plain.height) == (128, 96)
        found = image.convert("RGB")
    assert ["#{:02x}{:02x}{:02x}".format(*found.getpixel((x, 50))) for x in (100, 10)] == [
        region.colour for region in plain.regions
    ]


def test_what_is_not_painted_is_the_rest(db: None) -> None:
    mask = shown_masks.shown(stored(as_bytes(Image.fromarray(VALUES - 1, "L"))))

    assert mask is not None
    assert [region.name for region in mask.regions] == ["The rest", "Region 1"]


def test_a_mask_that_is_gone_is_left_out(make_finished: Make, client: Client) -> None:
    render = make_finished()
    name = stored(as_bytes(Image.new("L", (64, 48), 5)))
    render.inputs.create(role="mask", place=0, file=name)
    render.output.storage.delete(name)

    response = client.get(f"/renders/{render.id}/")

    assert response.status_code == 200
    assert 'class="masks"' not in response.content.decode()
