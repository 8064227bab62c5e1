import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from transfer.features.moments import Moments
from transfer.losses.wasserstein import WassersteinTarget

deviations = st.lists(st.floats(0.1, 5), min_size=4, max_size=4)
means = st.lists(st.floats(-3, 3), min_size=4, max_size=4)


def gaussian(mean, deviation):
    return Moments(
        torch.tensor(mean, dtype=torch.float64), torch.tensor(deviation, dtype=torch.float64).square().diag()
    )


@settings(max_examples=50)
@given(means, deviations, means, deviations)
def test_between_diagonal_gaussians_it_is_the_closed_form(mean, deviation, other_mean, other_deviation):
    style, other = gaussian(mean, deviation), gaussian(other_mean, other_deviation)
    closed = sum((m - n) ** 2 for m, n in zip(mean, other_mean, strict=True))
    closed += sum((s - t) ** 2 for s, t in zip(deviation, other_deviation, strict=True))
    variance = sum(s**2 for s in deviation)
    assert float(WassersteinTarget(style).distance(other)) == pytest.approx(closed / variance, rel=1e-6, abs=1e-7)


def test_a_turn_of_the_feature_space_changes_nothing():
    turn, _ = torch.linalg.qr(torch.randn(4, 4, dtype=torch.float64))
    style, other = gaussian([0, 1, 2, 3], [1, 2, 0.5, 0.3]), gaussian([1, 1, 0, 2], [0.4, 1, 2, 0.6])

    def turned(given):
        return Moments(turn @ given.mean, turn @ given.covariance @ turn.T)

    here = WassersteinTarget(style).distance(other)
    there = WassersteinTarget(turned(style)).distance(turned(other))
    assert torch.allclose(here, there)


def test_it_is_symmetric_but_for_its_unit():
    style, other = gaussian([0, 1, 2, 3], [1, 2, 0.5, 0.3]), gaussian([1, 1, 0, 2], [0.4, 1, 2, 0.6])
    mix = torch.tensor([[1, 0.5, 0, 0], [0, 1, 0.5, 0], [0, 0, 1, 0.5], [0, 0, 0, 1]], dtype=torch.float64)
    other = Moments(other.mean, mix @ other.covariance @ mix.T)
    forth, back = WassersteinTarget(style), WassersteinTarget(other)
    assert torch.allclose(forth.distance(other) * forth.scale, back.distance(style) * back.scale)


def test_gaussians_in_a_plane_of_the_feature_space_keep_the_closed_form():
    style, other = gaussian([0, 0, 0, 0], [1, 2, 0, 0]), gaussian([0, 0, 0, 0], [2, 2, 0, 0])
    assert float(WassersteinTarget(style).distance(other)) == pytest.approx(1 / 5, abs=1e-6)


def test_gaussians_in_different_planes_keep_the_closed_form():
    style, other = gaussian([0, 0, 0, 0], [1, 2, 0, 0]), gaussian([0, 0, 0, 0], [0, 0, 1, 2])
    assert float(WassersteinTarget(style).distance(other)) == pytest.approx(2, abs=1e-6)
