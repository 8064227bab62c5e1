"""`paint` writes films of kinds of work that make films, from pictures or from a clip."""

import av
import pytest

from tests.transfer.films import frames, write


def frames_of(path):
    with av.open(str(path)) as container:
        return len(list(container.decode(video=0)))


def test_a_zoom_of_a_picture(command, picture_files, tmp_path):
    output = tmp_path / "zoom.mp4"
    words = ("--frames", 3, "--image-size", 64, "--octave-iter", 1, "--print-iter", 1, "--save-iter", 2)
    status, _, said = command("paint", "zoom", "--content", picture_files[0], "-o", output, *words)

    assert status == 0, said
    assert frames_of(output) == 3
    assert (tmp_path / "zoom_2.png").exists()


def test_a_film_of_a_clip(command, picture_files, tmp_path):
    clip, output = write(tmp_path / "clip.mp4", frames(5)), tmp_path / "film.mp4"
    words = ("--style", picture_files[1], "--image-size", 64)
    status, _, said = command("paint", "film", "--content", clip, "-o", output, *words)

    assert status == 0, said
    assert frames_of(output) == 5


@pytest.mark.parametrize(
    ("kind", "output", "complaint"),
    [
        ("zoom", "zoom.png", "zoom.png should end in .mp4."),
        ("film", "film.webm", "film.webm should end in .mp4."),
        ("film", "film.mp4", "content.png is no film that can be read"),
    ],
)
def test_what_cannot_be_filmed_is_said_and_writes_nothing(
    command, picture_files, tmp_path, monkeypatch, kind, output, complaint
):
    monkeypatch.chdir(tmp_path)
    styles = ["--style", picture_files[1]] if kind == "film" else []
    status, _, said = command("paint", kind, "--content", picture_files[0], *styles, "-o", output)

    assert status == 1
    assert complaint in said
    assert not (tmp_path / output).exists()
