import pytest
import torch

from transfer.features.moments import blended, moments


def features(seed, height, offset=0.0):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(1, 4, height, 6, generator=generator, dtype=torch.float64) + offset


@pytest.fixture
def one():
    return moments(features(0, 5))


@pytest.fixture
def other():
    return moments(features(1, 3, offset=0.7))


def close(found, wanted):
    return torch.allclose(found.mean, wanted.mean) and torch.allclose(found.covariance, wanted.covariance)


def test_one_style_is_itself(one):
    assert close(blended([one], [0.3]), one)


def test_a_blend_of_equal_styles_is_that_style(one):
    assert close(blended([one, one, one], [1, 5, 0.1]), one)


def test_a_blend_has_the_moments_of_the_features_side_by_side_in_proportion_to_their_places(one, other):
    together = moments(torch.cat([features(0, 5), features(1, 3, offset=0.7)], 2))
    assert close(blended([one, other], [5, 3]), together)


def test_a_weight_of_three_is_the_style_three_times(other):
    thrice = features(1, 3, offset=0.7).tile(1, 1, 3, 1)
    equally = moments(torch.cat([features(0, 9), thrice], 2))
    assert close(blended([moments(features(0, 9)), other], [3, 3]), equally)
    once = moments(torch.cat([features(0, 3), thrice], 2))
    assert close(blended([moments(features(0, 3)), other], [1, 3]), once)


def test_styles_that_differ_in_their_means_spread_the_blend(one, other):
    halves = blended([one, other], [1, 1])
    assert halves.variance > (one.variance + other.variance) / 2 + 0.1


def test_only_proportions_count(one, other):
    assert close(blended([one, other], [1, 3]), blended([one, other], [10, 30]))


def test_the_order_of_styles_does_not_matter(one, other):
    assert close(blended([one, other], [1, 3]), blended([other, one], [3, 1]))


def test_what_is_not_there_is_left_out(one, other):
    assert close(blended([None, one, other], [7, 1, 3]), blended([one, other], [1, 3]))
    assert close(blended([one, None], [1, 3]), one)


def test_what_weighs_nothing_is_left_out(one, other):
    assert close(blended([one, other], [0, 2]), other)
    assert close(blended([one, other, one], [1, 3, 0]), blended([one, other], [1, 3]))


def test_when_nothing_is_left_there_is_no_blend(one):
    assert blended([None, None], [1, 2]) is None
    assert blended([None, one], [1, 0]) is None


def test_a_weight_is_asked_for_every_style(one, other):
    with pytest.raises(ValueError, match="zip"):
        blended([one, other], [1])
