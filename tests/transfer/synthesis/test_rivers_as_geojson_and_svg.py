"""Rivers are written for maps and for drawings: in pixels, or in degrees where the world is a globe."""

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy
import pytest

from transfer.synthesis.exports.rivers import RiverMap
from transfer.synthesis.made import River

SIZE = (360, 180)
BROOK = River(numpy.array([[10.0, 20], [14, 24], [20, 26]]), numpy.array([1.0, 1.5, 4]), 2)
EASTWARDS = River(numpy.array([[350.0, 90], [358, 90], [6, 90], [10, 90]]), numpy.array([1.0, 2, 3, 4]), 3)
WESTWARDS = River(numpy.array([[4.0, 100], [-4, 100], [-10, 100]]), numpy.array([1.0, 2, 3]), 1)
SVG = "{http://www.w3.org/2000/svg}"


def mapped(*rivers: River, wraps: bool = False) -> RiverMap:
    return RiverMap(rivers, SIZE, wraps)


def test_a_flat_world_is_written_in_pixels() -> None:
    found = json.loads(mapped(BROOK).geojson())

    (feature,) = found["features"]
    assert found["unit"] == "pixels"
    assert feature["geometry"] == {"type": "LineString", "coordinates": [[10, 20], [14, 24], [20, 26]]}
    assert feature["properties"] == {"river": 1, "order": 2, "width": 4, "widths": [1, 1.5, 4]}


def test_a_globe_is_written_in_degrees() -> None:
    found = json.loads(mapped(BROOK, wraps=True).geojson())

    assert found["unit"] == "degrees"
    assert found["features"][0]["geometry"]["coordinates"] == [[-170, 70], [-166, 66], [-160, 64]]


@pytest.mark.parametrize(
    ("river", "longitudes"),
    [(EASTWARDS, [[170, 178, 180], [-180, -174, -170]]), (WESTWARDS, [[-176, -180], [180, 176, 170]])],
)
def test_a_river_is_cut_at_the_180th_meridian(river: River, longitudes: list[list[float]]) -> None:
    features = json.loads(mapped(river, wraps=True).geojson())["features"]

    assert [[x for x, _ in each["geometry"]["coordinates"]] for each in features] == longitudes
    assert all(len(each["properties"]["widths"]) == len(each["geometry"]["coordinates"]) for each in features)
    assert features[0]["properties"]["river"] == features[1]["properties"]["river"]


def test_strokes_of_a_drawing_follow_each_other_and_widen() -> None:
    (group,) = _groups(mapped(EASTWARDS))

    strokes = [(float(each.attrib["stroke-width"]), each.attrib["points"].split()) for each in group]
    assert group.attrib["data-order"] == "3"
    assert [width for width, _ in strokes] == [1.5, 2.5, 3.5]
    assert all(before[-1] == after[0] for (_, before), (_, after) in pairwise(strokes))


def test_a_drawing_has_the_pictures_size() -> None:
    root = ET.fromstring(mapped(BROOK).svg())  # noqa: S314

    assert root.attrib["viewBox"] == "0 0 360 180"
    assert re.search(r'points="10\.00,20\.00', mapped(BROOK).svg())


def test_a_world_without_rivers_gives_empty_files() -> None:
    assert json.loads(mapped().geojson())["features"] == []
    assert _groups(mapped()) == []


def test_a_drawing_of_a_globe_goes_on_at_the_other_side() -> None:
    (group,) = _groups(mapped(EASTWARDS, wraps=True))

    across = [[float(point.split(",")[0]) for point in each.attrib["points"].split()] for each in group]
    assert [each[0] for each in across if each[0] == 0] == [0]
    assert {x for each in across for x in each} == {350, 358, 360, 0, 6, 10}


@pytest.mark.parametrize("wraps", [False, True])
def test_what_was_written_can_be_read_again(wraps: bool) -> None:
    written = mapped(BROOK, EASTWARDS, WESTWARDS, wraps=wraps)

    found = RiverMap.read(written.geojson())

    assert (found.size, found.wraps) == (SIZE, wraps)
    assert [each.order for each in found.rivers] == [2, 3, 1]
    assert json.loads(found.geojson())["features"] == json.loads(written.geojson())["features"]


def test_a_larger_picture_has_longer_and_wider_rivers() -> None:
    (river,) = mapped(BROOK).scaled((720, 360)).rivers

    assert river.points.tolist() == (BROOK.points * 2).tolist()
    assert river.widths.tolist() == (BROOK.widths * 2).tolist()


def _groups(world: RiverMap) -> list[ET.Element]:
    return list(ET.fromstring(world.svg()).findall(f"{SVG}g/{SVG}g"))  # noqa: S314
