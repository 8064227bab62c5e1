import math

import pytest
import torch

from transfer.images import enlarged
from transfer.losses.anchor import Anchor


@pytest.fixture
def below():
    return torch.rand(1, 3, 32, 48, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def distance(anchor, image):
    return float(anchor.pull(image, 1.0, torch.zeros_like(image)))


def test_the_picture_of_the_rung_below_has_no_distance_to_itself(below):
    assert distance(Anchor.of(below, 1.0), below) == 0


def test_a_lattice_between_the_pixels_of_a_picture_half_as_large_is_held_as_well(below):
    lattice = torch.tensor([-1.0, 1, 1, -1], dtype=torch.float64).repeat(24)[None, None, None]
    flat = torch.full((1, 3, 64, 96), 0.5, dtype=torch.float64)
    anchor = Anchor.of(below * 0 + 0.5, 1.0)
    assert distance(anchor, flat) < 1e-24
    assert distance(anchor, flat + 0.1 * lattice) == pytest.approx(0.1**2 / 4, rel=0.1)


def test_a_drift_of_the_whole_picture_costs_its_square(below):
    assert distance(Anchor.of(below, 1.0), below + 0.1) == pytest.approx(0.01)


def test_fine_detail_on_a_higher_rung_costs_less_than_a_millionth_of_its_energy(below):
    flat = torch.full((1, 3, 64, 96), 0.5, dtype=torch.float64)
    board = (torch.arange(64)[:, None] + torch.arange(96)) % 2 * 2.0 - 1
    assert distance(Anchor.of(below * 0 + 0.5, 0.5), flat + 0.2 * board) < 1e-6 * 0.2**2


def test_drift_costs_far_more_than_enlarging_does(below):
    smooth = enlarged(enlarged(below, (12, 8)), (48, 32))
    larger = enlarged(smooth, (68, 45))
    anchor = Anchor.of(smooth, 0.5)
    assert distance(anchor, larger) < 0.05 * distance(anchor, larger.roll(8, 3))


def test_a_tiny_picture_can_be_an_anchor():
    tiny = torch.rand(1, 3, 4, 5)
    assert math.isfinite(distance(Anchor.of(tiny, 0.5), torch.rand(1, 3, 8, 10)))


def test_the_gradient_agrees_with_finite_differences(below):
    anchor, image, change = Anchor.of(below[..., :9, :9], 0.5, 3.0), *torch.rand(2, 1, 3, 12, 13, dtype=torch.float64)
    gradient = torch.ones_like(image)
    anchor.pull(image, 2.0, gradient)
    found = 2.0 * (distance(anchor, image + 1e-4 * change) - distance(anchor, image - 1e-4 * change)) / 2e-4
    assert found == pytest.approx(float(((gradient - 1) * change).sum()))


def test_the_picture_of_the_rung_below_merely_enlarged_costs_almost_nothing():
    generator = torch.Generator().manual_seed(0)
    coarse = torch.rand(1, 3, 24, 32, generator=generator)
    below = torch.nn.functional.interpolate(coarse, (96, 128), mode="bicubic").clamp(0, 1)
    above = torch.nn.functional.interpolate(below, (136, 181), mode="bicubic").clamp(0, 1)
    anchor = Anchor.of(below, 0.5)
    assert distance(anchor, above) < 0.02 * distance(anchor, above.flip(3))
    assert distance(anchor, above) < 1e-4


def test_the_larger_the_part_the_finer_what_is_held(below):
    fine = below + 0.1 * ((torch.arange(32)[:, None] + torch.arange(48)) % 2 * 2.0 - 1)
    whole, half = (
        distance(Anchor.of(below, part), fine) - distance(Anchor.of(below, part), below) for part in (1.0, 0.5)
    )
    assert whole == pytest.approx(0.01)
    assert abs(half) < 1e-2 * whole


def test_a_weight_multiplies_the_distance(below):
    assert distance(Anchor.of(below, 1.0, 8.0), below + 0.1) == pytest.approx(0.08)


def test_an_anchor_made_anew_from_what_it_holds_measures_the_same(below):
    anchor = Anchor.of(below, 0.5, 3.0)
    again = Anchor(anchor.target, anchor.weight)
    assert distance(again, below.flip(3)) == distance(anchor, below.flip(3))
