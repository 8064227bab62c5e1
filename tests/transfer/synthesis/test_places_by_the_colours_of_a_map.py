"""The colours of a map say what its places are, whatever is written over it."""

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.transfer.synthesis.heightmaps import continent, in_colours
from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.fields.patches import enlarged
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.land.map_colours import LARGEST, labels_of

ATLAS = {
    Label.DEEP_WATER: (20, 50, 100),
    Label.WATER: (170, 211, 223),
    Label.PLAIN: (190, 215, 150),
    Label.DESERT: (250, 230, 160),
    Label.FOREST: (60, 115, 60),
    Label.MOUNTAIN: (150, 100, 65),
    Label.ICE: (252, 253, 255),
    Label.CITY: (200, 60, 50),
}


def agreement(picture, labels):
    return (labels_of(picture) == labels).mean()


def test_the_colours_of_labels_are_read_back():
    assert agreement(in_colours(continent()), continent()) > 0.98


def test_the_colours_of_an_atlas_are_known():
    assert agreement(in_colours(continent(), ATLAS), continent()) > 0.98


@pytest.mark.parametrize("shift", [-9, 9], ids=["darker", "lighter"])
def test_shades_do_not_matter(shift):
    levels = numpy.asarray(in_colours(continent(), ATLAS)).astype(int) + shift
    assert agreement(Image.fromarray(levels.clip(0, 255).astype(numpy.uint8)), continent()) > 0.97


def test_letters_lines_and_dots_are_no_places():
    picture = in_colours(continent((300, 400)))
    draw = ImageDraw.Draw(picture)
    draw.text((150, 100), "Aventurien", fill="black")
    draw.line((0, 150, 400, 180), fill="black", width=2)
    draw.ellipse((240, 110, 245, 115), fill="black")
    assert agreement(picture, continent((300, 400))) > 0.975


def test_soft_borders_make_no_third_place():
    soft = in_colours(continent()).filter(ImageFilter.GaussianBlur(1.5))
    labels = labels_of(soft)
    coast = (continent() == Label.WATER) & (numpy.roll(continent() == Label.MOUNTAIN, 2, axis=0))
    assert numpy.isin(labels[coast], (Label.WATER, Label.MOUNTAIN)).mean() > 0.9


def test_small_islands_stay():
    labels = numpy.full((200, 200), Label.WATER, numpy.uint8)
    labels[100:104, 100:104] = Label.FOREST
    labels[20:60, 20:60] = Label.PLAIN
    assert (labels_of(in_colours(labels))[100:104, 100:104] == Label.FOREST).mean() > 0.5


@pytest.mark.parametrize("colour", ["black", "white", "#407cb8"])
def test_a_map_of_one_colour_is_one_place(colour):
    assert len(numpy.unique(labels_of(Image.new("RGB", (64, 80), colour)))) == 1


def test_a_large_map_is_read_at_a_size_that_is_enough():
    picture = in_colours(continent()).resize((1600, 1200), Image.Resampling.NEAREST)
    labels = labels_of(picture)
    assert max(labels.shape) == LARGEST
    assert (enlarged(labels, (1600, 1200)) == enlarged(continent(), (1600, 1200))).mean() > 0.97


def test_water_of_a_world_is_found_in_its_relief():
    made = finish(GENERATORS["world"].make(GENERATORS["world"].recipe(image_size=256, seed=7)))
    theirs, ours = made.labels.values, labels_of(made.picture)
    assert ((theirs <= Label.WATER) == (ours <= Label.WATER)).mean() > 0.95
