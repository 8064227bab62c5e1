import pytest
import torch

from transfer.features.network import Head
from transfer.losses.moments import Moments, moments


@pytest.fixture
def features():
    return torch.rand(1, 5, 6, 7, generator=torch.Generator().manual_seed(1), dtype=torch.float64) ** 2


def close(one: Moments, other: Moments):
    return torch.allclose(one.mean, other.mean) and torch.allclose(one.covariance, other.covariance)


def permuted(features):
    order = torch.randperm(features[0, 0].numel(), generator=torch.Generator().manual_seed(2))
    return features.flatten(2)[..., order].view_as(features)


def test_moments_are_the_mean_and_covariance_over_places(features):
    vectors = features.flatten(2)[0]
    found = moments(features)
    assert torch.allclose(found.mean, vectors.mean(1))
    assert torch.allclose(found.covariance, torch.cov(vectors, correction=0))


def test_the_second_moment_is_the_mean_outer_product(features):
    vectors = features.flatten(2)[0]
    assert torch.allclose(moments(features).second, vectors @ vectors.T / vectors.shape[1])


def test_permuting_pixels_changes_no_moment(features):
    assert not torch.equal(permuted(features), features)
    assert close(moments(permuted(features)), moments(features))


def test_tiling_a_feature_map_changes_no_moment(features):
    assert close(moments(features.tile(1, 1, 3, 2)), moments(features))


def test_the_total_variance_is_the_sum_of_the_channels(features):
    assert torch.allclose(moments(features).variance, features.var((2, 3), correction=0).sum())


def test_constant_features_have_no_variance():
    assert moments(torch.full((1, 4, 5, 5), 0.25)).variance == 0


@pytest.mark.parametrize("outputs", [3, 5, 9])
def test_moments_through_a_head_are_those_of_the_heads_output(features, outputs):
    head = Head.untrained(5, outputs).double().requires_grad_(False)
    torch.nn.init.normal_(head.bias)
    assert close(moments(features).through(head), moments(head(features)))


def test_moments_through_a_compact_head_have_the_same_variance_as_through_the_whole(features):
    head = Head.untrained(5, 11).double().requires_grad_(False)
    torch.nn.init.normal_(head.bias)
    whole, compact = moments(features).through(head), moments(features).through(head.compact())
    assert torch.allclose(whole.variance, compact.variance)


def test_gradients_of_moments_agree_with_finite_differences(features):
    small = features[:, :3, :3, :3].clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda given: moments(given).covariance, small)
    assert torch.autograd.gradcheck(lambda given: moments(given).second, small)
