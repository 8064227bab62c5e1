"""The optimal map between Gaussians."""

import pytest
import torch

from transfer.features.moments import Moments, moments
from transfer.instant.transport import transport


def cloud(seed, channels=6, places=500):
    generator = torch.Generator().manual_seed(seed)
    mix = torch.randn(channels, channels, generator=generator, dtype=torch.float64)
    return (torch.randn(places, channels, generator=generator, dtype=torch.float64) @ mix + seed).T.reshape(
        1, channels, places, 1
    )


@pytest.fixture
def clouds():
    return cloud(1), cloud(2)


def through(each, features):
    return torch.einsum("oc,bchw->bohw", each.matrix, features) + each.offset[None, :, None, None]


def test_moved_features_have_the_moments_that_are_wanted(clouds):
    start, end = clouds
    found = moments(through(transport(moments(start), moments(end)), start))
    torch.testing.assert_close(found.mean, moments(end).mean)
    torch.testing.assert_close(found.covariance, moments(end).covariance, rtol=0.02, atol=0.02)


def test_the_map_is_symmetric_and_turns_nothing_around(clouds):
    found = transport(*map(moments, clouds)).matrix
    torch.testing.assert_close(found, found.T)
    assert float(torch.linalg.eigvalsh(found).min()) > 0


def test_equal_moments_stay_where_they_are(clouds):
    found = transport(moments(clouds[0]), moments(clouds[0]))
    torch.testing.assert_close(found.matrix, torch.eye(6, dtype=torch.float64))


def test_half_the_way_is_half_the_way(clouds):
    start, end = clouds
    whole, half = (through(transport(moments(start), moments(end), moved), start) for moved in (1.0, 0.5))
    torch.testing.assert_close(half, (start + whole) / 2)


def test_features_that_never_vary_are_no_trouble():
    flat = Moments(torch.zeros(4), torch.zeros(4, 4))
    found = transport(flat, moments(cloud(3, channels=4)))
    assert bool(found.matrix.isfinite().all())
    assert bool(found.offset.isfinite().all())
