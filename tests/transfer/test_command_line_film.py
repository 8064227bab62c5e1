"""`python -m transfer film`."""

import pytest

from tests.transfer.films import frames, shown, write
from transfer.commands import command_line
from transfer.commands import film as command_film
from transfer.commands.asked import values_of
from transfer.film.recipe import FilmRecipe
from transfer.film.segment_painter import SegmentPainter

VALUES = {
    "each": "painted",
    "image_size": "96",
    "strength": "0.8",
    "style_scale": "0.5",
    "style_blend_weights": "1,0.5",
    "seed": "7",
    "start": "1.5",
    "length": "2",
    "rate": "12",
}
SWITCHES = {"original_colors", "match_colors"}


@pytest.fixture
def clip(tmp_path):
    return write(tmp_path / "clip.mp4", frames(10, cut=5), sound="aac")


def test_every_field_of_the_recipe_has_a_flag():
    assert set(VALUES) | SWITCHES == set(FilmRecipe.model_fields)
    words = [word for name, value in VALUES.items() for word in (f"--{name.replace('_', '-')}", value)]
    words += [f"--{name.replace('_', '-')}" for name in SWITCHES]
    parsed = command_line.parser().parse_args(["film", "a.mp4", "b.png", "-o", "c.mp4", *words])
    wanted = FilmRecipe(**VALUES, **dict.fromkeys(SWITCHES, True))
    assert FilmRecipe(**values_of(FilmRecipe.model_fields, parsed)) == wanted


@pytest.mark.parametrize("ending", [".mp4", ".webm", ".webp"])
def test_a_clip_becomes_a_film(command, picture_files, tmp_path, clip, ending):
    output = tmp_path / f"film{ending}"
    status, _, said = command("film", clip, picture_files[1], "-o", output, "--image-size", 64)

    assert status == 0, said
    assert "10 frames of 64 x 48 px, 0.8 s, 2 shots" in said
    assert {path.name for path in tmp_path.iterdir()} == {"clip.mp4", "content.png", "style.png", output.name}
    if ending != ".webp":
        times, _ = shown(output)
        assert [round(12 * time) for time in times] == list(range(10))


def test_the_same_command_goes_on_where_it_was_stopped(command, picture_files, tmp_path, clip, monkeypatch):
    words = ("film", clip, picture_files[1], "-o", tmp_path / "film.mp4", "--image-size", 64)
    kept = ("--checkpoints", tmp_path / "kept")
    painted, segment = list[int](), SegmentPainter.segment

    def counted(self, *arguments):
        for each in segment(self, *arguments):
            painted.extend([each.number] if each else [])
            if len(painted) == 7:
                raise KeyboardInterrupt
            yield each

    monkeypatch.setattr(SegmentPainter, "segment", counted)
    assert command(*words, *kept)[0] == 130
    assert not (tmp_path / "film.mp4").exists()
    assert len(list((tmp_path / "kept").iterdir())) == 1
    painted.clear()
    assert command(*words, *kept)[0] == 0
    assert painted == [5, 6, 7, 8, 9]


def test_a_film_that_is_stopped_leaves_nothing(command, picture_files, tmp_path, clip, monkeypatch):
    def stopped(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_film, "joined", stopped)
    assert command("film", clip, picture_files[1], "-o", tmp_path / "film.mp4", "--image-size", 64)[0] == 130
    assert {path.name for path in tmp_path.iterdir()} == {"clip.mp4", "content.png", "style.png"}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["clip.mp4", "style.png", "-o", "film.gif"], "film.gif should end in .mp4, .webm, .webp."),
        (["clip.mp4", "none.png", "-o", "film.mp4"], "There is no file none.png."),
        (["none.mp4", "style.png", "-o", "film.mp4"], "There is no file none.mp4."),
        (["style.png", "style.png", "-o", "film.mp4"], "style.png is no film that can be read"),
        (["clip.mp4", "style.png", "-o", "clip.mp4"], "clip.mp4 is among what goes in: name another file for what"),
        (["clip.mp4", "style.png", "-o", "nowhere/film.mp4"], "There is no folder nowhere: make it first."),
        (["clip.mp4", "style.png", "-o", "film.mp4", "--start", "9"], "The clip lasts 0.8 s, and it should start at"),
        (["clip.mp4", "style.png", "-o", "film.mp4", "--strength", "2"], "--strength: 2 is too large"),
        (
            ["clip.mp4", "style.png", "-o", "film.mp4", "--style-blend-weights", "1,2"],
            "There are 2 style_blend_weights",
        ),
        (["clip.mp4", "style.png", "-o", "film.mp4", "--image-size", "9000"], "A film in .mp4 can be 8,192 px long"),
    ],
)
def test_what_cannot_be_filmed_is_said_in_one_sentence_and_writes_nothing(
    command, clip, picture_files, tmp_path, monkeypatch, words, complaint
):
    monkeypatch.chdir(tmp_path)
    status, _, said = command("film", *words)

    assert status == 1
    assert said.startswith(f"error: {complaint}")
    assert not list(tmp_path.glob("*film*"))
