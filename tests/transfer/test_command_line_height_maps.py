"""`stylize` writes the height map that a recipe asks for."""

import numpy
import pytest
from PIL import Image

QUICK = ("--image-size", 64, "--num-iterations", 2)


def levels(path):
    with Image.open(path) as image:
        assert (image.mode, image.size) == ("I;16", (64, 48))
        return len(numpy.unique(numpy.asarray(image)))


def test_it_lies_beside_the_picture(command, picture_files, tmp_path):
    status, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *QUICK, "--height-map")

    assert status == 0, err
    assert levels(tmp_path / "out-height.png") > 2_000


def test_a_file_for_it_asks_for_it(command, picture_files, tmp_path):
    high = tmp_path / "high.png"

    status, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *QUICK, "--height", high)

    assert status == 0, err
    assert levels(high) > 2_000
    assert not (tmp_path / "out-height.png").exists()


def test_without_it_there_is_none_and_the_picture_is_the_same(command, picture_files, tmp_path):
    one, other = tmp_path / "one.png", tmp_path / "other.png"

    command("stylize", *picture_files, "-o", one, *QUICK)
    command("stylize", *picture_files, "-o", other, *QUICK, "--height-map")

    assert sorted(tmp_path.glob("*-height.png")) == [tmp_path / "other-height.png"]
    with Image.open(one) as plain, Image.open(other) as mapped:
        assert plain.tobytes() == mapped.tobytes()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--no-height-map", "--height", "high.png"), "leave --no-height-map out"),
        (("--height", "nowhere/high.png"), "There is no folder nowhere"),
    ],
)
def test_a_file_that_cannot_be_written_is_complained_of_before_anything_is_painted(
    command, picture_files, tmp_path, words, complaint
):
    out = tmp_path / "out.png"

    status, _, err = command("stylize", *picture_files, "-o", out, *QUICK, *words)

    assert status != 0
    assert complaint in err
    assert not out.exists()
