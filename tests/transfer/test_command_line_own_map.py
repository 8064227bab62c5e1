"""`synthesize map --from FILE` makes a map of somebody's file."""

import json

import numpy
import pytest
from PIL import Image

from tests.transfer.synthesis.heightmaps import file_of, hills
from transfer.__main__ import main


@pytest.fixture
def heights(tmp_path):
    path = tmp_path / "heights.png"
    path.write_bytes(file_of(hills()))
    return path


def run(*words):
    return main(["synthesize", "map", *map(str, words)])


def test_picture_labels_and_height_are_written(heights, tmp_path):
    files = [tmp_path / name for name in ("map.png", "labels.png", "height.png")]
    words = ["--from", heights, "--image-size", 120, "--sea", 0.4]
    assert run(*words, "-o", files[0], "--labels", files[1], "--height", files[2]) == 0
    with Image.open(files[0]) as picture, Image.open(files[1]) as labels, Image.open(files[2]) as height:
        assert picture.size == labels.size == height.size == (120, 90)
        assert "plain" in json.loads(labels.info["labels"]).values()
        assert json.loads(height.info["height"])["sea"] > 0
        assert len(numpy.unique(numpy.asarray(height))) > 2000  # of 256 levels there would be fewer


def test_a_height_that_was_written_is_read_as_the_same_land(tmp_path):
    world, height = tmp_path / "world.png", tmp_path / "height.png"
    assert main(["synthesize", "world", "--image-size", "128", "-o", str(world), "--height", str(height)]) == 0
    again = tmp_path / "again.png"
    assert run("--from", height, "--image-size", 128, "-o", tmp_path / "map.png", "--height", again) == 0
    land = []
    for path in (height, again):
        with Image.open(path) as image:
            land.append(numpy.asarray(image) > json.loads(image.info["height"])["sea"])
    assert (land[0] == land[1]).mean() > 0.97


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--from", "none.png"], "There is no file none.png"),
        (["--from", __file__], "is a text file"),
        (["--sea", "2"], "--sea"),
        (["--reads", "smell"], "--reads"),
    ],
)
def test_what_is_wrong_is_one_sentence(words, says, heights, tmp_path, capsys):
    assert run("--from", heights, *words, "-o", tmp_path / "map.png") == 1
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1


def test_the_queue_paints_what_the_command_makes(heights, tmp_path):
    made, painted = tmp_path / "made.png", tmp_path / "painted.png"
    words = ["--image-size", "96", "--sea", "0.4"]
    assert run("--from", heights, *words, "-o", made) == 0
    assert main(["paint", "map", "--content", str(heights), *words, "-o", str(painted)]) == 0
    with Image.open(made) as first, Image.open(painted) as second:
        assert numpy.array_equal(numpy.asarray(first), numpy.asarray(second))
