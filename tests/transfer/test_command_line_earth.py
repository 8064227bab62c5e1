"""`python -m transfer earth`."""

import pytest
from PIL import Image

from transfer.labels import LabelMap

SMALL = ("--image-size", "64")


def test_a_place_becomes_a_picture_with_labels_and_height(command, tmp_path):
    out, labels, height = (tmp_path / name for name in ("out.png", "labels.png", "height.png"))
    status, _, err = command("earth", "caribbean", *SMALL, "-o", out, "--labels", labels, "--height", height)
    assert status == 0, err
    assert "The Caribbean" in err
    with Image.open(out) as image, Image.open(height) as high:
        assert image.size == high.size == LabelMap.read(labels).values.shape[::-1]
        assert max(image.size) == 64
        assert high.mode.startswith("I;16")


@pytest.mark.parametrize("words", [["--box", "-90,8,-58,28"], ["--box=-90,8,-58,28"], ["--box", "170,-40,-170,-20"]])
def test_a_box_may_begin_with_a_minus_and_cross_the_date_line(command, tmp_path, words):
    status, _, err = command("earth", *words, "--layer", "terrain", *SMALL, "-o", tmp_path / "out.png")
    assert status == 0, err


def test_a_place_may_be_written_as_people_write_it(command, tmp_path):
    assert command("earth", "Great Lakes", *SMALL, "-o", tmp_path / "out.png")[0] == 0


def test_places_are_listed(command):
    status, out, _ = command("earth", "--list")
    assert status == 0
    assert len(out.splitlines()) >= 40
    assert any(line.startswith("sahara ") and "The Sahara" in line for line in out.splitlines())


WRONG = {
    "nothing": ([], "Give a place (--list shows them) or --box"),
    "both": (["sahara", "--box", "1,2,3,4"], "Give a place (--list shows them) or --box"),
    "a slip": (["sahra"], "There is no place called sahra: did you mean sahara? --list"),
    "no place at all": (["qqqq"], "There is no place called qqqq: --list shows"),
    "three edges": (["--box", "1,2,3"], "--box: give WEST,SOUTH,EAST,NORTH in degrees"),
    "words": (["--box", "a,b,c,d"], "--box: give WEST,SOUTH,EAST,NORTH in degrees"),
    "no area": (["--box", "1,2,1,4"], "The box has no width"),
    "not a number": (["--box", "nan,2,1,4"], "--west: "),
}


@pytest.mark.parametrize(("words", "complaint"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line(command, tmp_path, words, complaint):
    status, _, err = command("earth", *words, *SMALL, "-o", tmp_path / "out.png")
    assert status == 1
    assert complaint in err
    assert err.count("\n") == 1


def test_it_asks_where_the_picture_goes(command):
    assert "-o OUT" in command("earth", "sahara")[2]
