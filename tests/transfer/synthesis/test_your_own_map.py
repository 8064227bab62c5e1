"""The kind `map`: a file goes in, and a map with all that is known of it comes out."""

import hashlib

import numpy
import pytest
from PIL import Image

from tests.pictures import as_bytes
from tests.transfer.synthesis.heightmaps import continent, file_of, given, hills, in_colours
from transfer.engine.ladder import fit
from transfer.errors import PictureError
from transfer.inputs import Input, Role
from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.generators import OWN_MAP
from transfer.synthesis.land.heights import Heights
from transfer.synthesis.recipes.own_map import OwnMapRecipe

GREY, COLOURED = file_of(hills()), as_bytes(in_colours(continent()))


def made(content, **fields):
    return finish(OWN_MAP.make(OwnMapRecipe(**{"image_size": 120, **fields}), given(content)))


@pytest.fixture(scope="module")
def from_heights():
    return made(GREY, sea=0.4)


def test_grey_is_read_as_heights(from_heights):
    assert from_heights.picture.size == (120, 90)
    assert ((from_heights.height > from_heights.sea) == (hills() > 0.4 * 65535)).mean() > 0.97


def test_rivers_cities_and_labels_are_made_for_heights(from_heights):
    assert from_heights.rivers
    assert {"water", "city"} <= set(from_heights.labels.shares())


def test_a_coloured_map_keeps_its_own_colours():
    found = made(COLOURED, image_size=200)
    assert numpy.array_equal(numpy.asarray(found.picture), numpy.asarray(in_colours(continent())))
    assert found.labels.shares().keys() >= {"forest", "desert", "mountain", "ice"}


def test_the_height_of_a_coloured_map_goes_with_its_labels():
    found = made(COLOURED, image_size=200)
    assert ((found.height < found.sea) == (found.labels.values <= Label.WATER)).mean() > 0.99


def test_what_it_is_read_as_can_be_said():
    assert "read by its colours" not in made(COLOURED, reads="height", sea=0.3).facts
    assert "read by its colours" in made(as_bytes(in_colours(continent())), reads="colours").facts


def test_heights_that_go_along_with_a_coloured_picture_are_read():
    picture = in_colours(continent()).resize((120, 90))
    recipe = OwnMapRecipe(image_size=120, sea=0.4)
    found = finish(OWN_MAP.make(recipe, Input(Role.CONTENT, 0, picture, Image.fromarray(hills()))))
    assert ((found.height > found.sea) == (hills() > 0.4 * 65535)).mean() > 0.97


def test_inverting_turns_hills_into_the_sea():
    upright, turned = made(GREY, sea=0.5), made(GREY, sea=0.5, invert=True)
    assert ((upright.height > upright.sea) != (turned.height > turned.sea)).mean() > 0.95


@pytest.mark.parametrize("look", ["relief", "biomes", "grey", "paper"])
def test_every_look_draws_it(look):
    assert numpy.asarray(made(GREY, sea=0.4, look=look).picture).std() > 4


@pytest.mark.parametrize("size", [(64, 300), (211, 97)])
def test_the_map_keeps_its_shape_at_any_size(size):
    found = made(file_of(hills(size[::-1])), image_size=160, sea=0.3)
    assert found.picture.size == fit(size, 160)
    assert found.height.shape == found.labels.values.shape == found.picture.size[::-1]


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        (file_of(numpy.full((80, 80), 900, numpy.uint16)), {}, "flat"),
        (GREY, {"sea": 1.0}, "all sea"),
        (file_of(numpy.full((80, 80), numpy.nan, numpy.float32), "TIFF"), {}, "no heights"),
        (as_bytes(Image.new("RGB", (80, 80), (64, 124, 184))), {}, "all sea"),
    ],
    ids=["flat", "all sea", "not a number", "all blue"],
)
def test_a_map_that_cannot_be_used_is_told_in_one_sentence(content, fields, says):
    with pytest.raises(PictureError, match=says) as raised:
        made(content, **fields)
    assert str(raised.value).count(". ") == 0


def test_without_a_map_it_asks_for_one():
    with pytest.raises(PictureError, match="Give a map"):
        finish(OWN_MAP.make(OwnMapRecipe(), None))


def test_it_says_how_far_it_is():
    steps = list(OWN_MAP.make(OwnMapRecipe(image_size=120), given(GREY)))
    assert steps == sorted(steps)
    assert len(steps) > 4
    assert 0 <= steps[0] <= steps[-1] <= 1


def test_the_heights_of_its_result_are_read_as_the_same_land(from_heights):
    again = Heights.of(Image.fromarray(from_heights.height))
    assert again.values.max() == 65535


def test_equal_maps_give_equal_pixels():
    def digest(content, **fields):
        found = made(content, **fields)
        return hashlib.sha256(found.picture.tobytes() + found.height.tobytes() + found.labels.values.tobytes())

    for content, fields in ((GREY, {"sea": 0.4}), (COLOURED, {"look": "relief"})):
        assert digest(content, **fields).digest() == digest(content, **fields).digest()
