"""What the two style losses have in common."""

import pytest
import torch

from transfer.features.moments import Moments, moments
from transfer.features.network import Head
from transfer.losses.gram import GramTarget
from transfer.losses.wasserstein import WassersteinTarget

pytestmark = pytest.mark.parametrize("target", [GramTarget, WassersteinTarget])


def features(seed, channels=4, side=6, offset=0.0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(1, channels, side, side, generator=generator, dtype=torch.float64) + offset


def test_the_distance_of_a_style_to_itself_is_nothing(target):
    style = moments(features(0))
    assert float(target(style).distance(style)) == pytest.approx(0, abs=1e-7)


def test_the_distance_to_another_is_positive(target):
    assert target(moments(features(0))).distance(moments(features(1, offset=0.5))) > 0.01


def test_no_distance_is_negative(target):
    style = target(moments(features(0)))
    for seed in range(20):
        blend = 10.0 ** -(seed / 3)
        near = features(0) + blend * features(seed + 1)
        assert style.distance(moments(near)) > -1e-9


def test_the_nearer_the_smaller(target):
    style = target(moments(features(0)))
    found = [float(style.distance(moments(features(0) + blend * features(5)))) for blend in (0.03, 0.1, 0.3, 1.0)]
    assert found == sorted(found)
    assert found[0] < 0.1 * found[-1]


def test_permuting_pixels_changes_no_distance(target):
    style, other = target(moments(features(0))), features(1)
    shuffled = other.flatten(2)[..., torch.randperm(36)].view_as(other)
    assert torch.allclose(style.distance(moments(shuffled)), style.distance(moments(other)))


def test_the_unit_of_features_does_not_matter(target):
    here = target(moments(features(0))).distance(moments(features(1)))
    there = target(moments(1000 * features(0))).distance(moments(1000 * features(1)))
    assert torch.allclose(here, there)


def test_the_size_of_a_picture_does_not_matter(target):
    here = target(moments(features(0))).distance(moments(features(1)))
    there = target(moments(features(0).tile(1, 1, 2, 3))).distance(moments(features(1).tile(1, 1, 4, 1)))
    assert torch.allclose(here, there)


def test_the_gradient_agrees_with_finite_differences(target):
    style = target(moments(features(0, channels=3, side=4)))
    image = features(1, channels=3, side=4, offset=0.3).requires_grad_()
    assert torch.autograd.gradcheck(lambda given: style.distance(moments(given)), image)


def test_the_gradient_in_closed_form_is_that_of_the_distance(target):
    for channels, side in ((4, 6), (24, 3)):
        style, other = target(moments(features(0, channels, side))), moments(features(1, channels, side, offset=0.3))
        leaves = other.mean.requires_grad_(), other.covariance.requires_grad_()
        distance = style.distance(other)
        mean, covariance = torch.autograd.grad(distance, leaves)
        found, gradient = style.with_gradient(Moments(*(leaf.detach() for leaf in leaves)))
        assert float(found) == pytest.approx(float(distance.detach()))
        assert torch.allclose(gradient.mean, mean)
        assert torch.allclose(gradient.covariance + gradient.covariance.T, covariance + covariance.T)


def test_the_gradient_points_away_from_the_style(target):
    style = target(moments(features(0)))
    image = features(1, offset=1.0).requires_grad_()
    before = style.distance(moments(image))
    (gradient,) = torch.autograd.grad(before, image)
    after = style.distance(moments(image - 1e-3 * gradient / gradient.norm()))
    assert after < before


def test_with_more_channels_than_places_distance_and_gradient_are_finite(target):
    style = target(moments(features(0, channels=24, side=3)))
    image = features(1, channels=24, side=3).float().requires_grad_()
    distance = style.distance(moments(image))
    distance.backward()
    assert distance.isfinite()
    assert image.grad.isfinite().all()
    assert image.grad.abs().max() > 0


def test_constant_features_on_either_side_give_finite_distances_and_gradients(target):
    constant = torch.full((1, 4, 6, 6), 0.5, dtype=torch.float64)
    for style, other in ((constant, features(1)), (features(0), constant), (constant, constant + 0.1)):
        image = other.clone().requires_grad_()
        distance = target(moments(style)).distance(moments(image))
        distance.backward()
        assert distance.isfinite()
        assert image.grad.isfinite().all()


def test_looking_through_a_compact_head_measures_the_same_as_through_the_whole_one(target):
    head = Head.untrained(4, 10).double().requires_grad_(False)
    torch.nn.init.normal_(head.bias)
    one, other = moments(features(0)), moments(features(1))
    whole = target(one.through(head)).distance(other.through(head))
    compact = target(one.through(head.compact())).distance(other.through(head.compact()))
    assert torch.allclose(whole, compact, rtol=1e-6)
