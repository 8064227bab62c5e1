import pytest
import torch

from transfer.features.moments import moments


@pytest.fixture
def features():
    return torch.rand(1, 5, 6, 7, generator=torch.Generator().manual_seed(1), dtype=torch.float64) ** 2


@pytest.fixture
def guide():
    """Shares of a region with soft edges; a third of the places have none."""
    shares = torch.rand(6, 7, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    return torch.where(shares > 1 / 3, shares, 0)


def close(one, other, **tolerance):
    return torch.allclose(one.mean, other.mean, **tolerance) and torch.allclose(
        one.covariance, other.covariance, **tolerance
    )


def test_places_without_weight_do_not_count(features, guide):
    inside = guide > 0
    selected = features[..., inside][..., None]
    assert selected.shape[2] < inside.numel()
    assert close(moments(features, inside.double()), moments(selected))
    assert not close(moments(selected), moments(features))


def test_a_place_of_twice_the_weight_counts_as_if_it_were_there_twice(features):
    guide = torch.ones(6, 7, dtype=torch.float64)
    guide[4:] = 2
    assert close(moments(features, guide), moments(torch.cat([features, features[:, :, 4:]], 2)))


def test_the_scale_of_the_guide_does_not_matter(features, guide):
    assert close(moments(features, 255 * guide), moments(features, guide))


def test_a_uniform_guide_is_no_guide(features):
    assert close(moments(features, torch.full((6, 7), 0.25, dtype=torch.float64)), moments(features))


def test_constant_features_have_no_variance_under_any_guide(guide):
    constant = torch.full((1, 4, 6, 7), 0.25, dtype=torch.float64)
    assert float(moments(constant, guide).variance) == pytest.approx(0, abs=1e-20)


def test_a_large_mean_does_not_drown_the_covariance(features, guide):
    here = moments(features.float(), guide.float())
    there = moments(features.float() + 500, guide.float())
    assert torch.allclose(here.covariance, there.covariance, atol=1e-4)


@pytest.mark.parametrize("part", ["mean", "covariance", "second"])
def test_gradients_agree_with_finite_differences(features, guide, part):
    small = features[:, :3, :4, :3].clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda given: getattr(moments(given, guide[:4, :3]), part), small)


def test_places_without_weight_get_no_gradient(features, guide):
    given = features.clone().requires_grad_()
    moments(given, guide).second.square().sum().backward()
    assert (given.grad[0, :, guide == 0] == 0).all()
    assert (given.grad[0, :, guide > 0] != 0).all()


@pytest.mark.parametrize("guided", [False, True])
def test_features_in_bfloat16_give_float32_moments_close_to_those_of_float32(features, guide, guided):
    share = guide.float() if guided else None
    coarse = features.bfloat16()
    found = moments(coarse, share)
    assert found.mean.dtype == found.covariance.dtype == torch.float32
    # Only the rounding of the features costs precision: nothing is summed in bfloat16.
    assert close(found, moments(coarse.float(), share), atol=1e-6)
    assert close(found, moments(features.float(), share), atol=4e-3)


@pytest.mark.parametrize("guided", [False, True])
def test_the_gradient_of_bfloat16_features_points_the_same_way(features, guide, guided):
    share = guide.float() if guided else None
    gradients = []
    for dtype in (torch.bfloat16, torch.float32):
        given = features.to(dtype).requires_grad_()
        moments(given, share).second.square().sum().backward()
        assert given.grad.dtype == dtype
        gradients.append(given.grad.float().flatten())
    assert torch.cosine_similarity(*gradients, dim=0) > 0.999
