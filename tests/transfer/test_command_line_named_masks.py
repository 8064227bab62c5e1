"""Masks that name their labels are matched by name; others go on by number."""

import numpy
import pytest

from transfer.labels import Label, LabelMap

QUICK = ("--image-size", 64, "--num-iterations", 1)


@pytest.fixture
def masks(tmp_path):
    """Writes maps of labels for content and style, and returns the arguments that name them."""

    def words(content, style, named=True):
        found = []
        for flag, labels, (width, height) in (("content", content, (96, 72)), ("style", style, (80, 80))):
            values = numpy.array(labels, dtype=numpy.uint8)[numpy.arange(width) * len(labels) // width]
            labels = LabelMap.of(values[None].repeat(height, 0))
            path = tmp_path / f"{flag}.png"
            if named:
                path.write_bytes(labels.png())
            else:
                labels.picture().save(path)
            found += [f"--{flag}-mask", path]
        return found

    return words


def test_they_are_matched_and_it_is_said(command, picture_files, masks, tmp_path):
    words = masks((Label.WATER, Label.ICE, Label.DESERT), (Label.WATER, Label.ICE))
    status, _, err = command("stylize", *picture_files, *words, "-o", tmp_path / "out.png", *QUICK)
    assert status == 0, err
    assert "note: Water takes water, ice takes ice." in err
    assert "note: Nothing in the style is like desert: it is painted unguided." in err


def test_without_names_their_numbers_count(command, picture_files, masks, tmp_path):
    words = masks((Label.WATER, Label.ICE), (Label.WATER, Label.MOUNTAIN), named=False)
    status, _, err = command("stylize", *picture_files, *words, "-o", tmp_path / "out.png", *QUICK)
    assert status == 1
    assert "No style has a region for label 6" in err
