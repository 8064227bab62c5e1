import pytest
import torch

from transfer.features.moments import moments
from transfer.features.network import Head
from transfer.losses.content import ContentTarget

EVERYWHERE = (..., slice(None), slice(None))


def features(seed, channels=4):
    return torch.randn(1, channels, 5, 6, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def target_of(content, head):
    return ContentTarget(moments(content), content.shape[2] * content.shape[3], head)


def distance(content, head, other):
    return target_of(content, head).distance(other, content)


def plainly(content, head, other):
    """The formula of the module, in plain code: mean |W f - W f*|^2 / var W f*."""
    seen, wanted = (each if head is None else head(each) for each in (other, content))
    variance = wanted.var((2, 3), correction=0).sum()
    return (seen - wanted).square().sum(1).mean() / variance


@pytest.fixture(params=[False, True], ids=["bare", "with_head"])
def head(request):
    if not request.param:
        return None
    made = Head.untrained(4, 7).double().requires_grad_(False)
    torch.nn.init.normal_(made.bias)
    return made


def test_the_distance_of_the_content_to_itself_is_nothing(head):
    assert distance(features(0), head, features(0)) == 0


def test_the_distance_to_anything_else_is_positive(head):
    assert distance(features(0), head, features(1)) > 0.1


def test_moving_pixels_does_change_it(head):
    assert distance(features(0), head, features(0).flip(3)) > 0.1


def test_twice_the_difference_is_four_times_the_distance(head):
    once, twice = (distance(features(0), head, features(0) + scale * features(1)) for scale in (1, 2))
    assert torch.allclose(twice, 4 * once)


def test_a_constant_added_to_the_features_does_not_change_the_unit():
    shift = 0.5 * torch.ones(1, 4, 1, 1, dtype=torch.float64)
    here = distance(features(0), None, features(1))
    there = distance(features(0) + shift, None, features(1) + shift)
    assert torch.allclose(here, there)


def test_tiling_both_pictures_does_not_change_it(head):
    here = distance(features(0), head, features(1))
    there = distance(features(0).tile(1, 1, 2, 3), head, features(1).tile(1, 1, 2, 3))
    assert torch.allclose(here, there)


def test_a_flat_content_gives_a_finite_distance(head):
    flat = torch.full((1, 4, 5, 6), 0.5, dtype=torch.float64)
    assert distance(flat, head, features(1)).isfinite()
    assert distance(torch.zeros_like(flat), head, torch.zeros_like(flat)) == 0


def test_a_compact_head_measures_the_same_as_the_whole_one():
    whole = Head.untrained(4, 9).double().requires_grad_(False)
    torch.nn.init.normal_(whole.bias)
    here, there = (target_of(features(0), head) for head in (whole, whole.compact()))
    assert torch.allclose(*(target.distance(features(1), features(0)) * target.unit for target in (here, there)))


def test_it_is_the_mean_squared_difference_by_the_variance_of_the_content(head):
    assert torch.allclose(distance(features(0), head, features(1)), plainly(features(0), head, features(1)))


def test_the_distances_of_parts_add_up_to_that_of_the_whole(head):
    target, one, other = target_of(features(0), head), features(0), features(1)
    parts = [target.distance(other[..., columns], one[..., columns]) for columns in (slice(2), slice(2, 6))]
    assert torch.allclose(sum(parts), target.distance(other, one))


def test_the_gradient_is_that_of_the_distance(head):
    other = features(1).requires_grad_()
    (expected,) = torch.autograd.grad(2.5 * plainly(features(0), head, other), other)
    found, _ = target_of(features(0), head).gradient(other.detach(), features(0), 2.5, EVERYWHERE)
    assert torch.allclose(found, expected)


def test_beside_the_gradient_stands_the_distance_within_the_core(head):
    target, one, other = target_of(features(0), head), features(0), features(1)
    core = (..., slice(1, 4), slice(2))
    _, value = target.gradient(other, one, 2.5, core)
    assert float(value) == pytest.approx(2.5 * float(target.distance(other[core], one[core])))


def test_the_gradient_of_bfloat16_features_is_in_their_dtype_and_near_that_of_float32(head):
    target, one, other = target_of(features(0), head), features(0).bfloat16(), features(1).bfloat16()
    coarse, _ = target.gradient(other, one, 1.0, EVERYWHERE)
    fine, _ = target.gradient(other.float(), one.float(), 1.0, EVERYWHERE)
    assert coarse.dtype == torch.bfloat16
    assert torch.allclose(coarse.float(), fine, rtol=2**-6, atol=2**-8 * float(fine.abs().max()))
