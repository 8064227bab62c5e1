"""The few iterations after an instant picture's pass move each pixel as far as the loss asks for, and no further."""

from dataclasses import replace

import pytest
import torch

from tests.transfer.instant import CPU, inputs_of
from transfer.engine.optimisers import PixelAdam
from transfer.instant.painter import painter
from transfer.instant.recipe import COARSE_RATE, InstantRecipe
from transfer.instant.steps import MOST, EvenSteps


def grey():
    return torch.full((1, 3, 8, 8), 0.5)


def uneven():
    """A gradient that is a hundred times as large in the right half."""
    gradient = torch.ones(1, 3, 8, 8)
    gradient[..., :4] = 0.01
    return gradient


def moved(optimiser):
    optimiser.step(uneven())
    way = (optimiser.image - 0.5).abs()
    return float(way[..., :4].max()), float(way[..., 4:].max())


def test_where_hardly_anything_is_asked_for_hardly_anything_moves():
    few, many = moved(EvenSteps(grey(), 0.02))
    assert (few, many) == (pytest.approx(0.01 * many, rel=1e-3), pytest.approx(0.02 * 2**0.5, rel=1e-3))
    assert moved(PixelAdam(grey(), 0.02))[0] == pytest.approx(0.02, rel=1e-3)  # which is why it is not Adam


def test_no_pixel_leaps():
    gradient = torch.zeros(1, 3, 8, 8)
    gradient[..., 0, 0] = 1.0
    optimiser = EvenSteps(grey(), 0.02)
    optimiser.step(gradient)
    assert (optimiser.image - 0.5).abs().max() == pytest.approx(0.02 * MOST, rel=1e-3)


def test_it_finds_the_way_down():
    optimiser, wanted = EvenSteps(grey(), 0.02), torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    for _ in range(60):
        optimiser.step(optimiser.image - wanted)
    assert (optimiser.image - wanted).abs().mean() < 0.05


def test_it_goes_on_from_its_state():
    one, other = EvenSteps(grey(), 0.02), EvenSteps(grey(), 0.5)
    one.step(uneven())
    tensors, values = one.state()
    other.restore({name: tensor.clone() for name, tensor in tensors.items()}, values)
    other.image = one.image.clone()
    for optimiser in (one, other):
        optimiser.step(uneven().flip(3))
    assert torch.equal(one.image, other.image)


def test_what_it_keeps_of_gradients_before_carries_it_on():
    ways = []
    for kept in (0.9, 0.5):
        optimiser = EvenSteps(grey(), 0.02, kept)
        for gradient in (torch.ones(1, 3, 8, 8), -torch.ones(1, 3, 8, 8)):
            optimiser.step(gradient)
        ways.append(float(optimiser.image.mean()) - 0.5)
    assert ways[0] < ways[1] < 0


def test_slowed_it_goes_half_as_far():
    assert moved(EvenSteps(grey(), 0.02).slowed(grey()))[1] == pytest.approx(moved(EvenSteps(grey(), 0.01))[1])


def test_faint_styles_are_painted_in_small_steps(content, style):
    rates = []
    for least in (0, 96, 126):
        faint = style.point(lambda value, least=least: least + value * (255 - 2 * least) // 255)
        goal = painter(inputs_of(content, faint), InstantRecipe(image_size=64, quality="draft"), CPU).goal
        rates.append(goal.optimiser(replace(goal.rungs[0], iterations=2), grey(), None, 0).learning_rate)
    assert COARSE_RATE >= rates[0] > 3 * rates[1] > 0
    assert rates[2] == pytest.approx(0.1 * COARSE_RATE)


@pytest.mark.parametrize(
    ("fields", "fills"),
    [({}, False), ({"quality": "quick"}, False), ({"quality": "draft"}, False), ({"iterations": 40}, True)],
)
def test_only_many_iterations_fill_flat_areas_with_texture(fields, fills):
    assert bool(InstantRecipe(**fields).style.texture_weight) is fills
