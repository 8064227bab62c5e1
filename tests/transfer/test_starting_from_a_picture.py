import pytest
import torch
from PIL import Image

from tests.transfer.conftest import iterations
from transfer.errors import PictureError
from transfer.images import scaled, scaled_bytes
from transfer.inputs import Role
from transfer.metadata import decode
from transfer.recipes.style import StyleRecipe
from transfer.style.grain import add_grain
from transfer.style.inputs import StyleInputs

QUICK = ("--image-size", 64, "--num-iterations", 1)


@pytest.fixture
def beginning(draw_style):
    """A picture of another size and shape than the content."""
    return draw_style(50, 90)


@pytest.fixture
def start_of(style):
    """A picture as a render of this long side starts from it: with the style's grain."""

    def made(picture, size):
        seen = scaled_bytes(style, (min(80, size[0]),) * 2)
        return add_grain(scaled(picture, size), [seen], (1.0,))

    return made


@pytest.fixture
def paint(content, style, network):
    def painted(beginning=None, count=3, **fields):
        recipe = StyleRecipe(**{"image_size": 64, "num_iterations": count} | fields)
        return list(iterations(StyleInputs(content, (style,), init=beginning), recipe, network))[-1].image

    return painted


def test_the_picture_is_where_the_render_starts(paint, content, beginning, start_of):
    found = paint(beginning, count=1, init="picture", learning_rate=0.001)
    assert (found - start_of(beginning, (64, 48))).abs().max() < 0.002
    assert (found - scaled(content, (64, 48))).abs().mean() > 0.1


def test_it_is_no_start_from_the_content_nor_from_noise(paint, beginning):
    found = paint(beginning, init="picture")
    assert not torch.allclose(found, paint(init="content"), atol=0.05)
    assert not torch.allclose(found, paint(init="noise"), atol=0.05)


def test_the_content_as_the_picture_to_start_from_is_a_start_from_the_content(paint, content):
    assert torch.equal(paint(content, init="picture"), paint(init="content"))


def test_only_the_lowest_rung_starts_from_it(beginning, content, style, network, start_of):
    recipe = StyleRecipe(image_size=140, num_iterations=1, learning_rate=0.0005, init="picture")
    below, above = (step.image for step in iterations(StyleInputs(content, (style,), init=beginning), recipe, network))
    assert (below - start_of(beginning, (128, 96))).abs().max() < 0.002
    smooth = torch.nn.functional.interpolate(below, above.shape[2:], mode="bicubic").clamp(0, 1)
    assert (above - smooth).abs().max() < 0.002


def test_content_and_noise_are_unaffected_by_a_picture_that_is_there(paint, beginning):
    for init in ("content", "noise"):
        assert torch.equal(paint(beginning, init=init), paint(init=init))


def test_a_recipe_that_starts_from_a_picture_asks_for_one(content, style, network):
    with pytest.raises(PictureError, match=r"^The recipe starts from a picture: give one \(--init-image\)\.$"):
        next(iterations(StyleInputs(content, (style,)), StyleRecipe(image_size=64, init="picture"), network))


def test_the_command_line_starts_from_the_picture_that_it_is_given_and_names_it(
    command, picture_files, beginning, tmp_path
):
    beginning.save(tmp_path / "beginning.png")
    words = ("-o", tmp_path / "out.png", "--init-image", tmp_path / "beginning.png", *QUICK)
    status, _, err = command("stylize", *picture_files, *words)
    assert status == 0, err
    with Image.open(tmp_path / "out.png") as image:
        provenance = decode(image)
    assert provenance.recipe.init == "picture"
    (start,) = provenance.of(Role.START)
    assert (start.name, start.width, start.height) == ("beginning.png", 50, 90)


@pytest.mark.parametrize("words", [["--init", "picture"], ["--init-image", "nowhere.png"]], ids=lambda words: words[0])
def test_the_command_line_says_in_one_line_that_there_is_no_picture(command, picture_files, tmp_path, words):
    status, out, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *words, *QUICK)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("error: ")
