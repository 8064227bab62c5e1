"""`python -m transfer walk`: a picture in, a film out."""

from pathlib import Path

import av
import pytest

from tests.transfer.test_command_line_variation import VALUES
from tests.transfer.variations import islands
from transfer.commands import asked, command_line
from transfer.walk.recipe import WalkRecipe

WALK_VALUES = {"stations": "5", "seconds": "1.5", "rate": "24"}
QUICK = ("--image-size", 64, "--num-iterations", 4, "--stations", 2, "--seconds", 0.2)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "islands.png"
    islands().save(path)
    return path


def test_every_field_is_a_flag() -> None:
    values = VALUES | WALK_VALUES
    assert {*values, "closes"} == set(WalkRecipe.model_fields)
    for name, value in values.items():
        found = asked.recipe_from(
            command_line.parser().parse_args(["walk", "a.png", "-o", "b.mp4", f"--{name.replace('_', '-')}", value])
        )
        assert found == WalkRecipe(**{name: value})
        assert found != WalkRecipe()
    open_ended = command_line.parser().parse_args(["walk", "a.png", "-o", "b.mp4", "--no-closes"])
    assert asked.recipe_from(open_ended) == WalkRecipe(closes=False)


def test_a_film_has_the_frames_that_were_asked_for_and_goes_on_from_its_checkpoints(
    command, picture: Path, tmp_path: Path
) -> None:
    words = ("walk", picture, *QUICK, "--no-closes", "--checkpoints", tmp_path / "kept", "-o", tmp_path / "walk.mp4")
    for _ in range(2):
        status, _, said = command(*words)
        assert status == 0, said
        assert "64 x 48 px" in said
        with av.open(str(tmp_path / "walk.mp4")) as film:
            assert len(list(film.decode(video=0))) == 4


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--stations", 1), "--stations: 1 is too small: the least is 2"),
        (("--seconds", 0), "--seconds: 0 is too small: the least is 0.1"),
        (("--rate", 100), "--rate: 100 is too large: the most is 60"),
        (("--variety", 2), "--variety: 2 is too large: the most is 1"),
        (("--image-size", 8192, "--memory", "1GiB"), "8,192 px needs"),
        (("--keep", "nothing.png"), "nothing.png"),
        (("-o", "walk.png"), "walk.png should end in .mp4."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    command, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words, complaint
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, said = command("walk", picture, "-o", "walk.mp4", *words)
    assert status == 1
    *_, last = said.splitlines()
    assert last.startswith("error: ")
    assert complaint in last
    assert not (tmp_path / "walk.mp4").exists()
