"""A step of a dream: as long as it is asked to be, in all frequencies, from a picture that was shifted at random."""

import pytest
import torch

from transfer.dream.ascent import Ascent, evened
from transfer.dream.jitter import Jitter


def jitter(most=8, size=(40, 30), seed=0, long_side=40):
    return Jitter(most, size, seed, long_side)


@pytest.mark.parametrize("size", [1e-12, 1.0, 1e6])
def test_colours_move_by_the_step_on_average_however_large_the_gradient(size):
    image = torch.full((1, 3, 32, 32), 0.5)
    ascent = Ascent(image, 0.01, levels=2, natural=0.5, jitter=jitter())
    ascent.step(torch.randn(1, 3, 32, 32) * size)

    assert (ascent.image - image).abs().mean() == pytest.approx(0.01, rel=1e-4)


def test_a_gradient_of_nothing_moves_nothing():
    image = torch.full((1, 3, 32, 32), 0.5)
    ascent = Ascent(image, 0.01, levels=3, natural=0.5, jitter=jitter())
    ascent.step(torch.zeros(1, 3, 32, 32))

    assert torch.equal(ascent.image, image)


def test_levels_make_slow_changes_as_strong_as_quick_ones():
    slow = torch.linspace(-1, 1, 64).expand(1, 3, 64, 64)
    gradient = 0.1 * slow + torch.randn(1, 3, 64, 64)

    def share(levels):
        found = gradient.clone()
        evened(found, levels)
        return float((found * slow).mean() / found.std())

    assert share(3) > 2 * abs(share(0))


def test_shifts_depend_on_seed_rung_and_step_alone_and_stay_within_bounds():
    found = []
    for seed, long_side, step in ((0, 40, 0), (0, 40, 1), (1, 40, 0), (0, 57, 0)):
        made = [jitter(seed=seed, long_side=long_side) for _ in range(2)]
        for each in made:
            each.step = step
        assert made[0].shift() == made[1].shift()
        found.append(made[0].shift())
    assert len(set(found)) == 4
    assert all(0 <= side <= 8 for shift in found for side in shift)


def test_a_picture_is_where_the_jitter_says_within_its_border():
    image = torch.rand(1, 3, 30, 40)
    for step in range(5):
        shifted = jitter()
        shifted.step = step
        bordered = shifted.bordered(image)
        assert bordered.shape == (1, 3, 38, 48)
        assert torch.equal(shifted.within(bordered), image)
    assert jitter(most=0).bordered(image) is image


def test_a_narrow_picture_is_shifted_by_less():
    assert jitter(most=64, size=(200, 16)).most == 8
