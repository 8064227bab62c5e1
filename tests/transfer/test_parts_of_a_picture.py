"""A crop is a rectangle of a picture, mirrored and turned; it reads as it is written, and keeps labels in step."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from tests.pictures import painting
from transfer.cropping import Crop
from transfer.errors import PictureError
from transfer.labels import Label, LabelMap

edges = some.integers(0, 99).map(lambda percent: percent / 100)


@some.composite
def crops(draw: some.DrawFn) -> Crop:
    left, top = draw(edges), draw(edges)
    right = left + draw(some.integers(1, 100 - round(100 * left))) / 100
    bottom = top + draw(some.integers(1, 100 - round(100 * top))) / 100
    turn, flip = draw(some.sampled_from([0, 90, 180, 270])), draw(some.booleans())
    return Crop(left, top, min(1.0, round(right, 2)), min(1.0, round(bottom, 2)), turn, flip)


@given(crops())
def test_it_reads_as_it_is_written(crop: Crop) -> None:
    assert Crop.read(str(crop)) == crop


@given(crops(), some.tuples(some.integers(1, 300), some.integers(1, 300)))
def test_the_part_has_the_size_that_is_foretold(crop: Crop, size: tuple[int, int]) -> None:
    assert crop.of(Image.new("L", size)).size == crop.size(size)
    assert min(crop.size(size)) >= 1


def test_the_rectangle_comes_out_mirrored_and_then_turned_clockwise() -> None:
    whole = Image.fromarray(numpy.arange(16, dtype=numpy.uint8).reshape(4, 4), "L")

    part = numpy.asarray(Crop.read("0.5,0,1,0.5;90;flip").of(whole))

    assert part.tolist() == [[7, 3], [6, 2]]


def test_four_quarter_turns_are_none() -> None:
    whole = painting((40, 24))
    quarter = Crop(turn=90)

    turned = quarter.of(quarter.of(quarter.of(quarter.of(whole))))

    assert turned.tobytes() == whole.tobytes()
    assert quarter.of(whole).size == (24, 40)


@pytest.mark.parametrize("mode", ["L", "RGB", "I;16", "P"])
def test_pictures_of_every_mode_are_cropped_alike(mode: str) -> None:
    levels = numpy.arange(48, dtype=numpy.uint16 if mode == "I;16" else numpy.uint8).reshape(6, 8)
    whole = Image.fromarray(levels) if mode in ("L", "I;16") else Image.fromarray(levels, "L").convert(mode)

    part = Crop.read("0.25,0,0.75,1;270").of(whole)

    assert (part.mode, part.size) == (mode, (6, 4))


def test_labels_keep_their_names_and_lose_those_that_are_cut_off() -> None:
    values = numpy.full((10, 20), Label.PLAIN, numpy.uint8)
    values[:, 15:] = Label.WATER

    right, left = (Crop.read(text).of_labels(LabelMap.of(values)) for text in ("0.5,0,1,1;90", "0,0,0.5,1"))

    assert right.shares() == {"plain": 0.5, "water": 0.5}
    assert right.values.shape == (10, 10)
    assert left.shares() == {"plain": 1.0}


@pytest.mark.parametrize(
    "text",
    ["", "0,0,1", "0,0,2,1", "-0.1,0,1,1", "0.5,0,0.5,1", "0,0.9,1,0.1", "0,0,1,1;45", "nan,0,1,1", "0,0,1,1;90" * 9],
)
def test_what_is_no_crop_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(PictureError, match=r"\.$"):
        Crop.read(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.1,0,0.9,1", "cropped to 80% × 100%"),
        ("0,0,1,1;90", "turned right"),
        ("0,0,1,0.5;270;flip", "cropped to 100% × 50%, mirrored, turned left"),
    ],
)
def test_it_can_be_said(text: str, words: str) -> None:
    assert Crop.read(text).in_words() == words
