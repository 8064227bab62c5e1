import pytest
import torch

from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


@pytest.fixture
def paint(content, network):
    def painted(style, scale):
        recipe = StyleRecipe(image_size=64, num_iterations=3, style_scale=scale)
        return list(render(StyleInputs(content, (style,)), recipe, network))[-1].image

    return painted


def test_a_style_is_never_enlarged_beyond_its_own_pixels(paint, draw_style):
    small = draw_style(64, 64)
    assert torch.equal(paint(small, 1.0), paint(small, 4.0))


def test_a_large_style_is_seen_at_the_scale_asked_for(paint, draw_style):
    large = draw_style(256, 256)
    assert not torch.equal(paint(large, 1.0), paint(large, 2.0))
    assert not torch.equal(paint(large, 1.0), paint(large, 0.5))


def test_the_smallest_style_scale_still_shows_the_network_something(paint, draw_style):
    assert paint(draw_style(256, 128), 0.1).isfinite().all()
