"""Rivers are written for maps and for drawings: in pixels, or in degrees where the world is a globe."""

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy
import pytest
from PIL import Image

from transfer.synthesis.exports.files import rivers_geojson, rivers_svg
from transfer.synthesis.made import Made, River

SIZE = (360, 180)
BROOK = River(numpy.array([[10.0, 20], [14, 24], [20, 26]]), numpy.array([1.0, 1.5, 4]), 2)
EASTWARDS = River(numpy.array([[350.0, 90], [358, 90], [6, 90], [10, 90]]), numpy.array([1.0, 2, 3, 4]), 3)
WESTWARDS = River(numpy.array([[4.0, 100], [-4, 100], [-10, 100]]), numpy.array([1.0, 2, 3]), 1)
SVG = "{http://www.w3.org/2000/svg}"


def made(*rivers: River, wraps: bool = False) -> Made:
    return Made(Image.new("RGB", SIZE), rivers=rivers, wraps=wraps)


def test_a_flat_world_is_written_in_pixels() -> None:
    found = json.loads(rivers_geojson(made(BROOK)))

    (feature,) = found["features"]
    assert found["unit"] == "pixels"
    assert feature["geometry"] == {"type": "LineString", "coordinates": [[10, 20], [14, 24], [20, 26]]}
    assert feature["properties"] == {"river": 1, "order": 2, "width": 4, "widths": [1, 1.5, 4]}


def test_a_globe_is_written_in_degrees() -> None:
    found = json.loads(rivers_geojson(made(BROOK, wraps=True)))

    assert found["unit"] == "degrees"
    assert found["features"][0]["geometry"]["coordinates"] == [[-170, 70], [-166, 66], [-160, 64]]


@pytest.mark.parametrize(
    ("river", "longitudes"),
    [(EASTWARDS, [[170, 178, 180], [-180, -174, -170]]), (WESTWARDS, [[-176, -180], [180, 176, 170]])],
)
def test_a_river_is_cut_at_the_180th_meridian(river: River, longitudes: list[list[float]]) -> None:
    features = json.loads(rivers_geojson(made(river, wraps=True)))["features"]

    assert [[x for x, _ in each["geometry"]["coordinates"]] for each in features] == longitudes
    assert all(len(each["properties"]["widths"]) == len(each["geometry"]["coordinates"]) for each in features)
    assert features[0]["properties"]["river"] == features[1]["properties"]["river"]


def test_strokes_of_a_drawing_follow_each_other_and_widen() -> None:
    (group,) = _groups(made(EASTWARDS))

    strokes = [(float(each.attrib["stroke-width"]), each.attrib["points"].split()) for each in group]
    assert group.attrib["data-order"] == "3"
    assert [width for width, _ in strokes] == [1.5, 2.5, 3.5]
    assert all(before[-1] == after[0] for (_, before), (_, after) in pairwise(strokes))


def test_a_drawing_has_the_pictures_size() -> None:
    root = ET.fromstring(rivers_svg(made(BROOK)))  # noqa: S314

    assert root.attrib["viewBox"] == "0 0 360 180"
    assert re.search(r'points="10\.00,20\.00', rivers_svg(made(BROOK)))


def test_a_world_without_rivers_gives_empty_files() -> None:
    assert json.loads(rivers_geojson(made()))["features"] == []
    assert _groups(made()) == []


def _groups(world: Made) -> list[ET.Element]:
    return list(ET.fromstring(rivers_svg(world)).findall(f"{SVG}g/{SVG}g"))  # noqa: S314
