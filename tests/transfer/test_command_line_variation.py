"""`python -m transfer variation`: a picture in, another one out, which carries its recipe."""

from pathlib import Path

import numpy
import pytest
from PIL import Image

from tests.transfer.variations import islands
from transfer.commands import asked, command_line
from transfer.inputs import Role
from transfer.metadata import decode
from transfer.variation.recipe import VariationRecipe

VALUES = {
    "image_size": "96",
    "shape": "2:1",
    "extent": "2.5",
    "variety": "0.25",
    "seed": "7",
    "method": "nearest",
    "patch_size": "5",
    "pyramid": "3",
    "num_projections": "16",
    "num_iterations": "20",
}
QUICK = ("--image-size", 64, "--num-iterations", 5)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "islands.png"
    islands().save(path)
    return path


def test_every_field_is_a_flag() -> None:
    assert set(VALUES) == set(VariationRecipe.model_fields)
    for name, value in VALUES.items():
        words = ["variation", "a.png", "-o", "b.png", f"--{name.replace('_', '-')}", value]
        found = asked.recipe_from(command_line.parser().parse_args(words))
        assert found == VariationRecipe(**{name: value})
        assert found != VariationRecipe()


def test_the_result_carries_its_recipe_and_a_seed_gives_the_same_again(command, picture: Path, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        assert command("variation", picture, "-o", tmp_path / name, "--seed", 1, *QUICK)[0] == 0
    with Image.open(tmp_path / "a.png") as first, Image.open(tmp_path / "b.png") as second:
        made = decode(first)
        assert numpy.array_equal(numpy.asarray(first), numpy.asarray(second))
    assert made is not None
    assert made.recipe == VariationRecipe(image_size=64, num_iterations=5, seed=1)
    assert [(each.role, each.name) for each in made.inputs] == [(Role.CONTENT, "islands.png")]
    assert made.text().startswith("a variation of islands.png\n")


def test_what_stays_is_named_too(command, picture: Path, tmp_path: Path) -> None:
    Image.new("L", (96, 72), 255).save(tmp_path / "all.png")
    words = ("variation", picture, "--keep", tmp_path / "all.png", "-o", tmp_path / "a.png", *QUICK)
    assert command(*words)[0] == 0
    with Image.open(tmp_path / "a.png") as image:
        small = islands().resize((64, 48), Image.Resampling.LANCZOS)
        assert numpy.abs(numpy.asarray(image).astype(float) - numpy.asarray(small)).max() <= 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--variety", 2), "--variety: 2 is too large: the most is 1"),
        (("--image-size", 20000), "--image-size: 20000 is too large: the most is 16384"),
        (("--patch-size", 1), "--patch-size: 1 is too small: the least is 3"),
        (("--method", "gan"), "--method: there is no gan: choose 'both', 'distribution' or 'nearest'"),
        (("--image-size", 8192, "--memory", "1GiB"), "8,192 px needs"),
        (("--keep", "nothing.png"), "nothing.png"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(command, picture: Path, tmp_path: Path, words, complaint) -> None:
    status, _, said = command("variation", picture, "-o", tmp_path / "a.png", *words)
    assert status == 1
    *_, last = said.splitlines()
    assert last.startswith("error: ")
    assert complaint in last
    assert not (tmp_path / "a.png").exists()
