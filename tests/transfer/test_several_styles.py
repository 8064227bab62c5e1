import pytest
import torch
from PIL import Image

from transfer.errors import PictureError
from transfer.images import scaled
from transfer.inputs import Role
from transfer.instant.render import render
from transfer.metadata import decode
from transfer.recipes.style import MOST_STYLES, StyleRecipe
from transfer.style.inputs import StyleInputs


@pytest.fixture
def other():
    """A style with other colours and another grain than the first."""
    board = (torch.arange(80)[:, None] // 3 + torch.arange(80) // 5) % 2
    return Image.fromarray((board[..., None] * torch.tensor([40, 200, 120])).to(torch.uint8).numpy())


@pytest.fixture
def paint(content, network):
    def painted(*styles, count=3, **fields):
        recipe = StyleRecipe(image_size=64, num_iterations=count, **fields)
        return list(render(StyleInputs(content, styles), recipe, network))[-1].image

    return painted


def test_a_style_that_counts_for_all_gives_the_picture_that_it_gives_alone(paint, style, other):
    assert torch.equal(paint(style, other, style_blend_weights=(1, 0)), paint(style))
    assert torch.equal(paint(style, other, style_blend_weights=(0, 1)), paint(other))
    assert not torch.equal(paint(style), paint(other))


def test_without_weights_all_styles_count_the_same(paint, style, other):
    assert torch.equal(paint(style, other), paint(style, other, style_blend_weights=(1, 1)))
    assert not torch.equal(paint(style, other), paint(style, other, style_blend_weights=(1, 3)))


def test_the_order_of_styles_does_not_matter(paint, style, other):
    here, there = paint(style, other, style_blend_weights=(1, 3)), paint(other, style, style_blend_weights=(3, 1))
    assert torch.allclose(here, there, atol=1e-3)


def test_the_more_a_style_counts_the_more_its_colours_are_there(paint, content, style, other):
    greenness = [
        float((image[:, 1] - image[:, 0]).mean())
        for image in (paint(style, other, count=25, style_blend_weights=(9 - green, green)) for green in (0, 3, 9))
    ]
    start = scaled(content, (64, 48))
    assert greenness == sorted(greenness)
    assert greenness[-1] > float((start[:, 1] - start[:, 0]).mean()) + 0.1


@pytest.mark.parametrize("weights", [(1,), (1, 2, 3)])
def test_a_number_of_weights_that_is_not_that_of_the_styles_is_refused_with_a_sentence(style, other, content, weights):
    with pytest.raises(
        PictureError, match=rf"^There are {len(weights)} style_blend_weights for 2 styles: give one for each\.$"
    ):
        StyleInputs(content, (style, other)).prepared(StyleRecipe(style_blend_weights=weights))


def test_a_render_without_a_style_is_refused_with_a_sentence(content, network):
    with pytest.raises(PictureError, match=r"^A render needs at least one style\.$"):
        next(render(StyleInputs(content, ()), StyleRecipe(image_size=64), network))


def test_the_command_line_takes_several_styles_and_names_them_in_the_file(command, picture_files, other, tmp_path):
    other.save(tmp_path / "board.png")
    words = ("--image-size", 64, "--num-iterations", 1)
    status, _, err = command("stylize", *picture_files, tmp_path / "board.png", "-o", tmp_path / "out.png", *words)
    assert status == 0, err
    with Image.open(tmp_path / "out.png") as image:
        provenance = decode(image)
    assert [source.name for source in provenance.of(Role.STYLE)] == ["style.png", "board.png"]


def test_more_styles_than_a_recipe_has_weights_for_are_refused_with_a_sentence(command, picture_files, tmp_path):
    content, style = picture_files
    words = ("-o", tmp_path / "out.png", "--image-size", 64, "--num-iterations", 1)
    status, _, err = command("stylize", content, *[style] * (MOST_STYLES + 1), *words)
    assert status == 1
    assert err.splitlines()[-1].startswith("error: ")
