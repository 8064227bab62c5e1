"""What is held to a picture costs its distance from it, as far as each place is trusted."""

import pytest
import torch

from transfer.losses.held import HeldTerm


@pytest.fixture
def picture():
    return torch.rand(1, 3, 6, 7, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def cost(image, picture, trust, weight=1.0):
    return float(HeldTerm(weight, picture, trust).whole(image, torch.zeros_like(image)))


def test_the_picture_itself_costs_nothing(picture):
    assert cost(picture, picture, torch.ones(1, 1, 6, 7)) == 0


def test_what_is_not_trusted_costs_nothing(picture):
    trust = torch.ones(1, 1, 6, 7)
    trust[..., :3] = 0
    other = picture.clone()
    other[..., :3] += 0.5
    assert cost(other, picture, trust) == 0
    assert cost(picture + 0.1, picture, trust) == pytest.approx(0.01 * 4 / 7)


def test_it_is_the_same_at_any_size(picture):
    trust = torch.rand(1, 1, 6, 7, dtype=torch.float64)
    other = torch.rand_like(picture)
    tiled = [each.repeat(1, 1, 2, 3) for each in (other, picture, trust)]
    assert cost(*tiled) == pytest.approx(cost(other, picture, trust))


def test_the_gradient_agrees_with_finite_differences(picture):
    image, change = torch.rand(2, 1, 3, 6, 7, dtype=torch.float64)
    trust, gradient = torch.rand(1, 1, 6, 7, dtype=torch.float64), torch.ones_like(image)
    HeldTerm(2.0, picture, trust).whole(image, gradient)
    ends = [cost(image + sign * 1e-4 * change, picture, trust, 2.0) for sign in (1, -1)]
    assert (ends[0] - ends[1]) / 2e-4 == pytest.approx(float(((gradient - 1) * change).sum()))
