"""What has a height, or whose content has one, is shown in relief and downloaded as terrain."""

import io
import json
import zipfile
from collections.abc import Callable

import numpy
import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from gallery.models import Picture, Render, Status
from gallery.pictures import blobs
from transfer.labels import LabelMap
from transfer.synthesis.exports.files import RAW_SIDES
from transfer.synthesis.made import height_png

Make = Callable[..., Render]
HEIGHT = numpy.add.outer(numpy.arange(48) * 300, numpy.arange(64) * 600).astype(numpy.uint16)
FILES = ["height.bin", "relief.glb", "maps.zip", "height-513.raw"]


@pytest.fixture
def maps(db: None) -> dict[str, str]:
    """A height that rises to the lower right, and labels: water on the left of it."""
    labels = LabelMap.of((HEIGHT > 12_000).astype(numpy.uint8) * 2)
    contents = {"elevation_id": height_png(HEIGHT), "labels_id": labels.png()}
    return {name: blobs.store("maps", content, ".png") for name, content in contents.items()}


@pytest.fixture
def raised(make_finished: Make, maps: dict[str, str]) -> Render:
    """A finished render that has a height and labels."""
    return make_finished(**maps)


def surface(client: Client, render: Render, query: str = "") -> numpy.ndarray:
    """What the page draws."""
    content = client.get(f"/renders/{render.id}/relief/height.bin{query}").content
    columns, rows, _, _ = numpy.frombuffer(content, "<u2", 4).tolist()
    return numpy.frombuffer(content, "<u2", offset=8).reshape(rows, columns)


def test_its_surface_has_its_shape_and_level_water(client: Client, raised: Render) -> None:
    found = surface(client, raised)

    assert found.shape == (49, 65)
    assert numpy.ptp(found[2:6, 2:6]) == 0
    assert found[-1, -1] > found[24, 50] > found[0, 0] > 8_000


@pytest.mark.parametrize("name", FILES)
def test_the_height_of_its_content_will_do(
    name: str, client: Client, make_finished: Make, make_picture: Callable[..., Picture], maps: dict[str, str]
) -> None:
    content = make_picture(seed=1)
    Picture.objects.filter(pk=content.pk).update(**maps)
    render = make_finished(content=content)

    assert client.get(f"/renders/{render.id}/relief/{name}").status_code == 200
    assert "data-exaggerated" in client.get(f"/renders/{render.id}/").content.decode()


@pytest.mark.parametrize("name", FILES)
def test_what_has_no_height_has_no_relief(name: str, client: Client, make_finished: Make) -> None:
    assert client.get(f"/renders/{make_finished().id}/relief/{name}").status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_what_is_not_finished_has_none_either(
    name: str, client: Client, make_finished: Make, maps: dict[str, str]
) -> None:
    render = make_finished(status=Status.CANCELED, **maps)

    assert client.get(f"/renders/{render.id}/relief/{name}").status_code == 404


def test_lightness_is_a_height_if_one_asks_for_it(client: Client, make_finished: Make) -> None:
    stripes = Image.new("RGB", (64, 48), "black")
    stripes.paste((255, 255, 255), (32, 0, 64, 48))
    file = io.BytesIO()
    stripes.save(file, "PNG")
    render = make_finished(output=blobs.store("renders", file.getvalue(), ".png"))

    found = surface(client, render, "?from=lightness")

    assert found[:, :28].max() < 1000
    assert found[:, -28:].min() > 64_000


def test_a_page_offers_only_what_there_is(client: Client, make_finished: Make, raised: Render) -> None:
    flat, high = (client.get(f"/renders/{each.id}/").content.decode() for each in (make_finished(seed=3), raised))

    assert f'/renders/{raised.id}/relief/height.bin"' in high
    assert all(f"/relief/height-{side}.raw" in high for side in RAW_SIDES)
    assert "Lightness as relief" in flat
    assert ".raw" not in flat
    assert "relief.glb" not in flat


@pytest.mark.parametrize("side", RAW_SIDES)
def test_raw_files_keep_the_floor_of_the_sea(side: int, client: Client, raised: Render) -> None:
    content = client.get(f"/renders/{raised.id}/relief/height-{side}.raw").content

    found = numpy.frombuffer(content, "<u2").reshape(side, side)
    assert found[0, 0] < 500
    assert found[-1, -1] > 51_000


def test_a_model_is_as_high_as_one_asks(client: Client, raised: Render) -> None:
    plain, high = (
        client.get(f"/renders/{raised.id}/relief/relief.glb{query}").content for query in ("", "?exaggeration=2.5")
    )

    heights = [height_of(file) for file in (plain, high)]
    assert heights[1] == pytest.approx(2.5 * heights[0], rel=1e-4)


def height_of(file: bytes) -> float:
    """The highest place in a GLB, in metres."""
    structure = json.loads(file[20 : 20 + int.from_bytes(file[12:16], "little")])
    place = structure["meshes"][0]["primitives"][0]["attributes"]["POSITION"]
    highest: float = structure["accessors"][place]["max"][1]
    return highest


@pytest.mark.parametrize("exaggeration", ["-1", "11", "nan", "inf", "much"])
def test_heights_beyond_reason_are_refused_with_a_sentence(exaggeration: str, client: Client, raised: Render) -> None:
    response = client.get(f"/renders/{raised.id}/relief/relief.glb?exaggeration={exaggeration}")

    assert response.status_code == 400
    assert "between" in response.content.decode()


def test_result_height_and_labels_come_in_one_file(client: Client, raised: Render) -> None:
    response = client.get(f"/renders/{raised.id}/relief/maps.zip")

    archive = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    sizes = {name: Image.open(archive.open(name)).size for name in archive.namelist()}
    assert sizes == dict.fromkeys(("result.png", "height.png", "labels.png"), (64, 48))


@pytest.mark.parametrize("name", FILES)
def test_a_browser_that_has_it_already_gets_it_not_again(name: str, client: Client, raised: Render) -> None:
    address = f"/renders/{raised.id}/relief/{name}"
    tag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_gone_give_no_fault(name: str, client: Client, raised: Render) -> None:
    for file in (raised.elevation, raised.output):
        file.storage.delete(file.name)

    assert client.get(f"/renders/{raised.id}/relief/{name}").status_code == 404


def test_the_page_stays_small(alices_browser: Client, alice: User, make_finished: Make, maps: dict[str, str]) -> None:
    page = alices_browser.get(f"/renders/{make_finished(alice, **maps).id}/").content

    assert len(page) < 60_000
    assert b"relief/view" in page
    assert b'src="/static/relief/view' not in page
