import pytest
import torch

from tests.transfer.conftest import optimised
from transfer.engine.optimisers import BETAS, EPSILON, PixelAdam


@pytest.fixture
def start():
    return torch.rand(1, 3, 12, 16, generator=torch.Generator().manual_seed(0))


def towards(goal):
    return lambda image: (image - goal).square().mean()


def test_it_brings_an_image_nearer_to_its_goal(start):
    loss = towards(torch.full_like(start, 0.5))
    assert loss(optimised(PixelAdam(start, 0.02), loss, 10)) < 0.5 * loss(start)


def test_the_image_it_starts_from_is_left_alone(start):
    before = start.clone()
    optimised(PixelAdam(start, 0.1), towards(torch.zeros_like(start)), 3)
    assert torch.equal(start, before)


def test_colours_stay_between_nothing_and_everything(start):
    image = optimised(PixelAdam(start, 1.0), towards(torch.full_like(start, 5.0)), 3)
    assert image.max() == 1
    image = optimised(PixelAdam(start, 1.0), towards(torch.full_like(start, -5.0)), 3)
    assert image.min() == 0


def test_the_first_step_from_cold_is_the_learning_rate_whatever_the_gradient(start):
    start = start.clamp(0.2, 0.8)
    for scale in (1e-3, 1e3):
        image = optimised(PixelAdam(start, 0.01), lambda image, scale=scale: scale * image.mean(), 1)
        assert torch.allclose(start - image, torch.full_like(start, 0.01), rtol=1e-3)


def test_at_the_same_size_a_warm_start_goes_on_as_if_nothing_had_happened(start):
    loss = towards(torch.full_like(start, 0.5))
    below = PixelAdam(start, 0.01)
    optimised(below, loss, 5)
    above = PixelAdam(below.image, 0.01, below=below.momentum)
    assert torch.allclose(optimised(above, loss, 3), optimised(below, loss, 3), atol=1e-6)


def test_a_cold_start_does_not_go_on_as_if_nothing_had_happened(start):
    loss = towards(torch.full_like(start, 0.5))
    below = PixelAdam(start, 0.01)
    optimised(below, loss, 5)
    cold = PixelAdam(below.image, 0.01)
    assert not torch.allclose(optimised(cold, loss, 3), optimised(below, loss, 3), atol=1e-4)


def test_a_warm_start_remembers_the_way_at_another_size(start):
    below = PixelAdam(start.clamp(0.3, 0.7), 0.01)
    optimised(below, lambda image: image.mean(), 5)
    level = torch.full((1, 3, 17, 23), 0.5)
    above = PixelAdam(level, 0.01, below=below.momentum)
    above.step(torch.zeros_like(level))
    assert (above.image < level).all()


def test_a_warm_start_at_a_larger_size_is_finite_where_gradients_jump(start):
    board = ((torch.arange(12)[:, None] + torch.arange(16)) % 2).expand_as(start) * 1000.0
    below = PixelAdam(start, 0.01)
    optimised(below, lambda image: (image * board).mean(), 4)
    above = PixelAdam(torch.full((1, 3, 24, 33), 0.5), 0.01, below=below.momentum)
    assert optimised(above, lambda image: image.square().mean(), 4).isfinite().all()


def test_the_rung_below_is_not_changed_by_the_one_above(start):
    loss = towards(torch.full_like(start, 0.5))
    below, alone = PixelAdam(start, 0.01), PixelAdam(start, 0.01)
    optimised(below, loss, 3)
    optimised(alone, loss, 3)
    above = PixelAdam(below.image, 0.01, below=below.momentum)
    optimised(above, towards(torch.zeros_like(start)), 3)
    assert torch.equal(optimised(below, loss, 2), optimised(alone, loss, 2))


def test_the_learning_rate_of_the_rung_above_is_its_own(start):
    below = PixelAdam(start.clamp(0.3, 0.7), 0.01)
    optimised(below, lambda image: image.mean(), 5)
    moved = []
    for rate in (0.001, 0.01):
        above = PixelAdam(torch.full_like(start, 0.5), rate, below=below.momentum)
        moved.append(0.5 - optimised(above, lambda image: image.mean(), 1).mean())
    assert float(moved[1] / moved[0]) == pytest.approx(10, rel=0.01)


def test_the_steps_are_those_of_torchs_own_adam(start):
    goal = torch.full_like(start, 0.5)
    leaf = start.clamp(0.1, 0.9).requires_grad_()
    reference = torch.optim.Adam([leaf], 0.01, betas=BETAS, eps=EPSILON)
    optimiser, places = PixelAdam(leaf, 0.01), start.shape[2] * start.shape[3]
    for _ in range(12):
        reference.zero_grad()
        (places * towards(goal)(leaf)).backward()
        reference.step()
        optimised(optimiser, towards(goal), 1)
    assert torch.allclose(optimiser.image, leaf.detach(), atol=1e-6)


def test_going_on_from_its_state_is_as_if_nothing_had_happened(start):
    loss = towards(torch.full_like(start, 0.5))
    one = PixelAdam(start, 0.01)
    optimised(one, loss, 5)
    tensors, values = one.state()
    other = PixelAdam(one.image, 1.0)
    other.restore({name: tensor.clone() for name, tensor in tensors.items()}, values)
    assert torch.equal(optimised(other, loss, 3), optimised(one, loss, 3))
