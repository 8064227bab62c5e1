"""What cannot be written is told before anything is painted, for every command, and no file is left or lost."""

import os
import subprocess
import sys

import pytest
from PIL import Image

QUICK = ("--image-size", "64", "--num-iterations", "1")
AS_ROOT = os.geteuid() == 0


@pytest.fixture(params=["stylize", "paint", "synthesize", "earth"])
def painting(request, picture_files):
    """The words of a command that paints, but for its output."""
    content, style = map(str, picture_files)
    return {
        "stylize": ["stylize", content, style, *QUICK],
        "paint": ["paint", "style", "--content", content, "--style", style, *QUICK],
        "synthesize": ["synthesize", "clouds", "--image-size", "64"],
        "earth": ["earth", "caribbean", "--image-size", "64"],
    }[request.param]


@pytest.fixture(autouse=True)
def nothing_is_painted(monkeypatch):
    """Painting fails the test."""

    def fail(*arguments, **options):
        raise AssertionError("it paints")

    monkeypatch.setattr("transfer.commands.paint.resolve", fail)
    monkeypatch.setattr("transfer.commands.synthesize.finish", fail)


@pytest.fixture
def unwritable(tmp_path):
    """Outputs that cannot be, by what is wrong with them."""
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "file").touch()
    return {
        "a folder": tmp_path / "folder.png",
        "no folder": tmp_path / "nowhere" / "out.png",
        "a file for a folder": tmp_path / "file" / "out.png",
        "a system's folder": "/proc/out.png",
        "too long a name": tmp_path / f"{'x' * 300}.png",
        "no format": tmp_path / "out.gif",
    }


@pytest.mark.parametrize(
    "what", ["a folder", "no folder", "a file for a folder", "a system's folder", "too long a name", "no format"]
)
def test_the_output(what, painting, unwritable, command):
    status, out, err = command(*painting, "-o", unwritable[what])
    assert (status, out) == (1, "")
    assert err.startswith("error: ")
    assert err.count("\n") == 1


@pytest.mark.skipif(AS_ROOT, reason="root may write anywhere")
def test_a_file_that_is_read_only(painting, command, tmp_path):
    path = tmp_path / "out.png"
    path.write_text("mine")
    path.chmod(0o400)
    assert command(*painting, "-o", path)[0] == 1
    assert path.read_text() == "mine"


def test_a_full_disk(painting, command, tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", full)
    status, _, err = command(*painting, "-o", tmp_path / "out.png")
    assert status == 1
    assert err == f"error: {tmp_path / 'out.png'} cannot be written: No space left on device.\n"
    assert not (tmp_path / "out.png").exists()


def test_a_picture_that_was_there_is_not_touched_by_the_check(painting, command, tmp_path, monkeypatch):
    path = tmp_path / "out.png"
    path.write_text("mine")
    with pytest.raises(AssertionError, match="it paints"):
        command(*painting, "-o", path)
    assert path.read_text() == "mine"
    assert list(tmp_path.glob("out*")) == [path]


@pytest.mark.parametrize("ending", ["webp", "WEBP"])
def test_a_side_that_webp_does_not_have(ending, command, picture_files, tmp_path):
    words = ["stylize", *picture_files, "--image-size", "16384", "-o", tmp_path / f"out.{ending}"]
    status, _, err = command(*words)
    assert status == 1
    assert "goes up to 16,383 px, so write a .png" in err


def test_two_results_for_one_file(command, tmp_path):
    out = tmp_path / "out.png"
    words = ["synthesize", "world", "--image-size", "64", "-o", out, "--labels", tmp_path / "." / "out.png"]
    status, _, err = command(*words)
    assert status == 1
    assert "named twice" in err


@pytest.mark.parametrize("flag", ["--labels", "--height"])
def test_what_goes_beside_the_picture(flag, command, tmp_path):
    words = ["synthesize", "world", "--image-size", "64", "-o", tmp_path / "out.png", flag, tmp_path / "no" / "x.png"]
    status, _, err = command(*words)
    assert status == 1
    assert err == f"error: There is no folder {tmp_path / 'no'}: make it first.\n"
    assert not list(tmp_path.glob("out*"))


def test_a_folder_of_checkpoints(command, picture_files, tmp_path):
    (tmp_path / "file").touch()
    words = ["stylize", *picture_files, *QUICK, "-o", tmp_path / "out.png", "--checkpoints", tmp_path / "file" / "x"]
    status, _, err = command(*words)
    assert status == 1
    assert err.startswith(f"error: {tmp_path / 'file' / 'x'} cannot be written")


def test_what_training_writes(command, tmp_path):
    Image.new("RGB", (64, 64)).save(tmp_path / "one.png")
    words = [
        "distill",
        "--teacher",
        tmp_path / "one.png",
        "--images",
        tmp_path,
        "-o",
        tmp_path / "no" / "x.safetensors",
    ]
    status, _, err = command(*words)
    assert status == 1
    assert err == f"error: There is no folder {tmp_path / 'no'}: make it first.\n"


@pytest.mark.parametrize(
    ("to", "status", "said"),
    [
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
        ("> /dev/full", 1, "error: No space left on device.\n"),
    ],
)
def test_words_that_go_nowhere(to, status, said):
    result = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m transfer earth --list {to}"], capture_output=True, text=True
    )
    assert (result.returncode, result.stderr) == (status, said)


def test_a_picture_is_made_where_nobody_listens(tmp_path):
    out = tmp_path / "out.png"
    words = f"{sys.executable} -m transfer synthesize clouds --image-size 64 -o {out} >&- 2>&-"
    assert subprocess.run(["sh", "-c", words]).returncode == 0
    with Image.open(out) as image:
        image.load()


def test_a_reader_that_leaves_early_sees_no_traceback():
    words = ["sh", "-c", f"{sys.executable} -m transfer earth --list | true"]
    result = subprocess.run(words, capture_output=True, text=True)
    assert result.stderr == ""
