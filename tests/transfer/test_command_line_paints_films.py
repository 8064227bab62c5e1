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


def test_a_film_of_a_folder_of_pictures(command, picture_files, tmp_path):
    folder, output = tmp_path / "frames", tmp_path / "film.mp4"
    folder.mkdir()
    for number, picture in enumerate(frames(3)):
        picture.save(folder / f"{number}.png")
    words = ("--style", picture_files[1], "--image-size", 64)
    status, _, said = command("paint", "film", "--content", folder, "-o", output, *words)

    assert status == 0, said
    assert frames_of(output) == 3


def test_the_plan_of_a_film_counts_the_frames_of_its_clip(command, picture_files, tmp_path):
    clip = write(tmp_path / "clip.mp4", frames(5))
    status, said, _ = command("paint", "film", "--content", clip, "--style", picture_files[1], "--plan")

    assert status == 0
    assert said.startswith("512 x 384 px: 5 iterations, ")


@pytest.mark.parametrize(
    ("kind", "output", "words", "complaint"),
    [
        ("zoom", "zoom.png", [], "zoom.png should end in .mp4."),
        ("zoom", "zoom.mp4", ["--image-size", "9000"], "A film in .mp4 can be 8,192 px long: choose a smaller size."),
        ("film", "film.webm", [], "film.webm should end in .mp4."),
        ("film", "film.mp4", [], "content.png is no film that can be read"),
    ],
)
def test_what_cannot_be_filmed_is_said_and_writes_nothing(
    command, picture_files, tmp_path, monkeypatch, kind, output, words, complaint
):
    monkeypatch.chdir(tmp_path)
    styles = ["--style", picture_files[1]] if kind == "film" else []
    status, _, said = command("paint", kind, "--content", picture_files[0], *styles, "-o", output, *words)

    assert status == 1
    assert complaint in said
    assert not (tmp_path / output).exists()
