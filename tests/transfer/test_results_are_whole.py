"""A result is there whole or not at all: whatever stops the command, what was there before stays, inputs above all."""

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.transfer.films import frames, write
from transfer.commands import dream_film
from transfer.replacing import replacing

QUICK = ("--image-size", "64")


def names(folder):
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    "words",
    [
        ("instant", "content.png", "style.png", "-o", "./content.png"),
        ("stylize", "content.png", "style.png", "-o", "style.png"),
        ("dream", "content.png", "--guide", "style.png", "-o", "style.png"),
        ("texture", "style.png", "-o", "out.png", "--height-map", "--height", "style.png"),
        ("variation", "content.png", "-o", "content.png"),
        ("dream-film", "still.webp", "-o", "still.webp"),
        ("film", "clip.mp4", "still.webp", "-o", "still.webp"),
        ("paint", "film", "--content", "clip.mp4", "--style", "style.png", "-o", "clip.mp4"),
        ("synthesize", "map", "--from", "content.png", "-o", "out.png", "--labels", "content.png"),
    ],
    ids=lambda words: words[0],
)
def test_what_goes_in_is_not_written_over(command, picture_files, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "clip.mp4", frames(3))
    frames(1)[0].save(tmp_path / "still.webp")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    status, _, said = command(*words)

    assert status == 1
    assert said.endswith("is among what goes in: name another file for what comes out.\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_picture_that_cannot_be_written_to_its_end_leaves_what_was_there(
    command, picture_files, tmp_path, monkeypatch
):
    def stops(path, content):
        path.open("wb").write(content[:100])
        raise OSError(28, "No space left on device")

    (tmp_path / "out.png").write_text("mine")
    monkeypatch.setattr(Path, "write_bytes", stops)
    status, _, said = command("instant", *picture_files, *QUICK, "-o", tmp_path / "out.png")

    assert status == 1
    assert said.endswith(f"error: {tmp_path / 'out.png'} cannot be written: No space left on device.\n")
    assert (tmp_path / "out.png").read_text() == "mine"
    assert names(tmp_path) == {"content.png", "style.png", "out.png"}


def test_a_film_that_is_stopped_leaves_what_was_there(command, picture_files, tmp_path, monkeypatch):
    def stops(*arguments):
        yield frames(1)[0]
        raise KeyboardInterrupt

    (tmp_path / "film.mp4").write_text("mine")
    monkeypatch.setattr(dream_film, "frames", stops)

    assert command("dream-film", picture_files[0], *QUICK, "-o", tmp_path / "film.mp4")[0] == 130
    assert (tmp_path / "film.mp4").read_text() == "mine"
    assert names(tmp_path) == {"content.png", "style.png", "film.mp4"}


def test_a_link_stays_one_and_a_file_keeps_who_may_read_it(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old")
    file.chmod(0o604)
    link.symlink_to(file)
    with replacing(link) as path:
        path.write_text("new")

    assert link.is_symlink()
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", 0o604)
    assert names(tmp_path) == {"file", "link"}


def test_a_pipe_is_written_into(tmp_path):
    pipe, found = tmp_path / "pipe", list[str]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    with replacing(pipe) as path:
        path.write_text("all of it")
    reader.join()

    assert found == ["all of it"]


def test_a_name_with_a_colon_a_line_and_letters_of_all_kinds_is_a_name(command, picture_files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "12:30 ä\n.mp4"
    clip = write(tmp_path / "clip.mp4", frames(3)).rename(tmp_path / f"clip {name}").relative_to(tmp_path)
    for words in (("dream-film", "content.png", "--frames", 2, "--octave-iter", 1), ("film", clip, "style.png")):
        status, _, said = command(*words, *QUICK, "-o", f"{words[0]} {name}")
        assert status == 0, said
    assert names(tmp_path) == {"content.png", "style.png", str(clip), f"dream-film {name}", f"film {name}"}
