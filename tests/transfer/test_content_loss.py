import pytest
import torch

from transfer.features.network import Head
from transfer.losses.content import ContentTarget


def features(seed, channels=4):
    return torch.randn(1, channels, 5, 6, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.fixture(params=[False, True], ids=["bare", "with_head"])
def head(request):
    if not request.param:
        return None
    made = Head.untrained(4, 7).double().requires_grad_(False)
    torch.nn.init.normal_(made.bias)
    return made


def test_the_distance_of_the_content_to_itself_is_nothing(head):
    assert ContentTarget(features(0), head).distance(features(0)) == 0


def test_the_distance_to_anything_else_is_positive(head):
    assert ContentTarget(features(0), head).distance(features(1)) > 0.1


def test_moving_pixels_does_change_it(head):
    assert ContentTarget(features(0), head).distance(features(0).flip(3)) > 0.1


def test_twice_the_difference_is_four_times_the_distance(head):
    target = ContentTarget(features(0), head)
    once, twice = (target.distance(features(0) + scale * features(1)) for scale in (1, 2))
    assert torch.allclose(twice, 4 * once)


def test_a_constant_added_to_the_features_does_not_change_the_unit():
    shift = 0.5 * torch.ones(1, 4, 1, 1, dtype=torch.float64)
    here = ContentTarget(features(0), None).distance(features(1))
    there = ContentTarget(features(0) + shift, None).distance(features(1) + shift)
    assert torch.allclose(here, there)


def test_tiling_both_pictures_does_not_change_it(head):
    here = ContentTarget(features(0), head).distance(features(1))
    there = ContentTarget(features(0).tile(1, 1, 2, 3), head).distance(features(1).tile(1, 1, 2, 3))
    assert torch.allclose(here, there)


def test_a_flat_content_gives_a_finite_distance(head):
    flat = torch.full((1, 4, 5, 6), 0.5, dtype=torch.float64)
    assert ContentTarget(flat, head).distance(features(1)).isfinite()
    assert ContentTarget(torch.zeros_like(flat), head).distance(torch.zeros_like(flat)) == 0


def test_a_compact_head_measures_the_same_as_the_whole_one():
    whole = Head.untrained(4, 9).double().requires_grad_(False)
    torch.nn.init.normal_(whole.bias)
    here = ContentTarget(features(0), whole)
    there = ContentTarget(features(0), whole.compact())
    distances = [target.distance(features(1)) * target.scale for target in (here, there)]
    assert torch.allclose(*distances)


def test_the_gradient_agrees_with_finite_differences(head):
    assert torch.autograd.gradcheck(ContentTarget(features(0), head).distance, features(1).requires_grad_())
