import pytest
import torch

from transfer.features.moments import Mixture, Moments, as_map, as_vectors, gradient_at, moments
from transfer.features.network import Head


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


def parts_of(features, guide=None):
    """The moments of four unequal parts, and what each weighs."""
    for rows in (slice(0, 1), slice(1, 6)):
        for columns in (slice(0, 4), slice(4, 7)):
            part, share = features[..., rows, columns], None if guide is None else guide[rows, columns]
            yield moments(part, share), float(part[0, 0].numel() if share is None else share.sum())


@pytest.mark.parametrize("offset", [0, 1e4], ids=["", "a_mean_of_1e4_deviations"])
@pytest.mark.parametrize("guided", [False, True])
def test_a_mixture_of_parts_is_the_whole(features, guided, offset):
    guide = torch.rand(6, 7, dtype=torch.float64) if guided else None
    far = features + offset * features.std()
    mixture = Mixture()
    for part, weight in parts_of(far, guide):
        mixture.add(part, weight)
    whole = moments(features, guide)
    assert torch.allclose(mixture.moments.mean, moments(far, guide).mean)
    assert torch.allclose(mixture.moments.covariance, whole.covariance, rtol=1e-7, atol=1e-9)
    assert mixture.weight == pytest.approx(42 if guide is None else float(guide.sum()))


def test_in_float32_too_a_mixture_keeps_a_variance_beside_a_mean_of_1e4_deviations(features):
    """Each part is as exact as its float32 features; merging adds no error."""
    far = (features + 1e4 * features.std()).float()
    mixture = Mixture()
    for part, weight in parts_of(far):
        mixture.add(part, weight)
    exact = moments(far.double())
    assert (mixture.moments.covariance - exact.covariance).norm() < 1e-3 * exact.covariance.norm()


def test_what_weighs_nothing_changes_no_mixture(features):
    mixture = Mixture()
    mixture.add(moments(features), 0)
    assert mixture.moments is None
    mixture.add(moments(features), 3)
    before = mixture.moments
    mixture.add(moments(1 + features), 0)
    assert mixture.moments is before


@pytest.mark.parametrize("guided", [False, True])
def test_the_gradient_at_features_is_that_of_any_function_of_their_moments(features, guided):
    guide = torch.rand(6, 7, dtype=torch.float64) if guided else None
    random = torch.Generator().manual_seed(3)
    one, other = (torch.rand(shape, generator=random, dtype=torch.float64) for shape in ((5,), (5, 5)))

    def loss(found):
        return (found.mean * one).square().sum() + (found.covariance @ other).pow(3).sum()

    leaf = features.clone().requires_grad_()
    (wanted,) = torch.autograd.grad(loss(moments(leaf, guide)), leaf)
    found = moments(features, guide)
    at = Moments(found.mean.clone().requires_grad_(), found.covariance.clone().requires_grad_())
    gradient = Moments(*torch.autograd.grad(loss(at), (at.mean, at.covariance)))
    share = 1 / 42 if guide is None else (guide / guide.sum()).flatten()
    at_places = gradient_at(as_vectors(features), found, gradient, share)
    assert torch.allclose(as_map(at_places, features), wanted)


def test_the_gradient_at_bfloat16_features_is_in_their_dtype_and_near_that_of_float32(features):
    found = moments(features)
    gradient = Moments(found.mean, found.covariance)
    coarse, fine = (
        gradient_at(as_vectors(features.to(dtype)), found, gradient, 1 / 42)
        for dtype in (torch.bfloat16, torch.float32)
    )
    assert coarse.dtype == torch.bfloat16
    assert torch.cosine_similarity(coarse.float().flatten(), fine.flatten(), dim=0) > 0.999
