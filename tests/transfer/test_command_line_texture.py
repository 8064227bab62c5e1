"""`python -m transfer texture`: styles in, a texture out, which carries its recipe."""

from pathlib import Path

import numpy
import pytest
from PIL import Image

from tests.transfer.conftest import strokes
from transfer.commands import asked, command_line
from transfer.inputs import Role
from transfer.metadata import decode
from transfer.recipes.base import reporting
from transfer.texture.recipe import TextureRecipe

VALUES = {
    "image_size": "96",
    "shape": "2:1",
    "wrap": "both",
    "style_scale": "0.5",
    "seed": "7",
    "texture_weight": "0.5",
    "tv_weight": "0",
    "style_blend_weights": "1,0.5",
    "backbone": "vgg19",
    "style_loss": "gram",
    "pooling": "max",
    "style_layers": "relu1_1,relu2_1",
    "style_layer_weights": "1,0,3",
    "num_iterations": "5",
    "early_stopping": "0.01",
    "optimizer": "lbfgs",
    "lbfgs_num_correction": "20",
    "learning_rate": "0.1",
}
SWITCHES = {"normalize_gradients", "height_map"}
ALONGSIDE = {"pooling": ("--backbone", "vgg19")}
QUICK = ("--image-size", 64, "--num-iterations", 3)


@pytest.fixture
def style(tmp_path: Path) -> Path:
    path = tmp_path / "strokes.png"
    strokes(80, 80).save(path)
    return path


def test_every_field_is_a_flag() -> None:
    assert set(VALUES) | SWITCHES | set(reporting(TextureRecipe)) == set(TextureRecipe.model_fields)
    for name, value in VALUES.items():
        words = ["texture", "a.png", "-o", "b.png", *ALONGSIDE.get(name, ()), f"--{name.replace('_', '-')}", value]
        found = asked.recipe_from(command_line.parser().parse_args(words))
        assert name in found.model_fields_set
        assert getattr(found, name) != TextureRecipe.model_fields[name].default


def test_the_result_carries_its_recipe_and_its_styles(command, style: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    assert command("texture", style, style, "-o", out, "--wrap", "both", "--shape", "2:1", *QUICK)[0] == 0
    with Image.open(out) as image:
        made = decode(image)
        assert image.size == (64, 32)
    assert made is not None
    assert made.recipe == TextureRecipe(image_size=64, num_iterations=3, wrap="both", shape="2:1")
    assert [(each.role, each.place) for each in made.inputs] == [(Role.STYLE, 1), (Role.STYLE, 2)]
    assert made.text().startswith("a texture of strokes.png and strokes.png\n")


def test_its_height_goes_where_one_says(command, style: Path, tmp_path: Path) -> None:
    height = tmp_path / "high.png"
    assert command("texture", style, "-o", tmp_path / "a.png", "--height", height, *QUICK)[0] == 0
    with Image.open(height) as image:
        assert (image.size, image.mode) == ((64, 64), "I;16")
        assert len(numpy.unique(numpy.asarray(image))) > 2000


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--image-size", 64, "--shape", "4:1", "--wrap", "y"), "--wrap: A seamless side of 16 px is too short"),
        (("--wrap", "round"), "--wrap: there is no round: choose 'none', 'x', 'y' or 'both'"),
        (("--style-blend-weights", "1,2"), "There are 2 style_blend_weights for 1 styles"),
        (("--image-size", 16, "--wrap", "x"), "--image-size: 16 is too small: the least is 64"),
        (("--image-size", 8192, "--memory", "512MiB", "--wrap", "both"), "8,192 px needs"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(command, style: Path, tmp_path: Path, words, complaint) -> None:
    status, _, said = command("texture", style, "-o", tmp_path / "a.png", *words)
    assert status == 1
    *_, last = said.splitlines()
    assert last.startswith("error: ")
    assert complaint in last
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    ("words", "complaint"), [(("-o", "a.png"), "STYLE"), (("a.png", "--content", "b.png", "-o", "c.png"), "--content")]
)
def test_no_style_and_a_content_are_refused(command, capsys, words, complaint) -> None:
    with pytest.raises(SystemExit) as ended:
        command("texture", *words)
    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err.splitlines()[0]
