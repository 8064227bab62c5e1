"""A render from the command line continues from where an earlier one ended."""

import numpy
from PIL import Image


def pixels(path):
    return numpy.asarray(Image.open(path))


def test_a_larger_size_starts_from_the_finished_rungs_of_a_smaller_one(command, picture_files, tmp_path):
    words = ["stylize", *picture_files, "--num-iterations", "4", "--checkpoints", tmp_path / "kept"]
    command(*words, "-o", tmp_path / "small.png", "--image-size", "128")
    status, _, said = command(*words, "-o", tmp_path / "large.png", "--image-size", "181")
    assert status == 0
    assert "128 px, 4 iterations" not in said
    assert "181 px, 4 iterations" in said
    command("stylize", *picture_files, "--num-iterations", "4", "-o", tmp_path / "once.png", "--image-size", "181")
    assert (pixels(tmp_path / "once.png") == pixels(tmp_path / "large.png")).all()


def test_the_same_command_again_paints_nothing_and_gives_the_same_picture(command, picture_files, tmp_path):
    words = [
        "stylize",
        *picture_files,
        "--num-iterations",
        "3",
        "--checkpoints",
        tmp_path / "kept",
        "--image-size",
        "128",
    ]
    command(*words, "-o", tmp_path / "one.png")
    status, _, _ = command(*words, "-o", tmp_path / "two.png")
    assert status == 0
    assert (pixels(tmp_path / "one.png") == pixels(tmp_path / "two.png")).all()
