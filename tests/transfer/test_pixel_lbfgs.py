import itertools

import pytest
import torch

from tests.transfer.conftest import iterations, optimised
from transfer.engine.optimisers import LEAST_CURVATURE, PixelLBFGS
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


@pytest.fixture
def start():
    return torch.rand(1, 3, 12, 16, generator=torch.Generator().manual_seed(0))


def towards(goal):
    """A valley that is a hundred times steeper across than along."""
    scale = torch.linspace(0.1, 1, 16)
    return lambda image: (scale.to(image) * (image - goal)).square().mean()


def test_it_brings_an_image_nearer_to_its_goal(start):
    loss = towards(torch.full_like(start, 0.5))
    assert loss(optimised(PixelLBFGS(start, 10), loss, 15)) < 0.01 * loss(start)


def test_the_image_it_starts_from_is_left_alone(start):
    before = start.clone()
    optimised(PixelLBFGS(start, 10), towards(torch.zeros_like(start)), 3)
    assert torch.equal(start, before)


def test_colours_stay_between_nothing_and_everything(start):
    for goal, end in ((5.0, 1), (-5.0, 0)):
        image = optimised(PixelLBFGS(start, 10), towards(torch.full_like(start, goal)), 10)
        assert image.min() >= 0
        assert image.max() <= 1
        assert (image == end).any()


@pytest.mark.parametrize("corrections", [1, 4, 100])
def test_the_steps_are_those_of_torchs_own_lbfgs(start, corrections):
    inside = start.double() * 0.5 + 0.25
    loss, places = towards(0.5 * torch.ones_like(inside)), start.shape[2] * start.shape[3]
    leaf = inside.clone().requires_grad_()
    # With tolerances of zero, torch's never stops before ours.
    reference = torch.optim.LBFGS(
        [leaf], lr=1.0, max_iter=1, history_size=corrections, tolerance_grad=0, tolerance_change=0
    )

    def closure():
        reference.zero_grad()
        value = places * loss(leaf)
        value.backward()
        return value

    optimiser = PixelLBFGS(inside, corrections)
    for _ in range(9):
        reference.step(closure)
        optimised(optimiser, loss, 1)
        assert torch.allclose(optimiser.image, leaf.detach(), atol=1e-9)
    assert not torch.allclose(optimiser.image, inside, atol=0.01)


def test_no_more_steps_are_remembered_than_the_history_is_long(start):
    for corrections in (1, 4, 100):
        optimiser = PixelLBFGS(start, corrections)
        optimised(optimiser, towards(torch.full_like(start, 0.5)), 8)
        assert 0 < len(optimiser.pairs) <= corrections
        assert len(optimiser.curvatures) == len(optimiser.pairs)


def test_every_pair_that_is_remembered_curves_upwards(start):
    optimiser = PixelLBFGS(start, 10)
    optimised(optimiser, lambda image: (3 * image).sin().mean(), 12)
    for (change, step), curvature in zip(optimiser.pairs, optimiser.curvatures, strict=True):
        assert curvature > LEAST_CURVATURE
        assert float((change * step).sum()) == pytest.approx(curvature, rel=1e-4)


def test_a_gradient_of_nothing_moves_nothing(start):
    optimiser = PixelLBFGS(start, 10)
    optimiser.step(torch.zeros_like(start))
    optimised(optimiser, towards(torch.full_like(start, 0.5)), 3)
    before = optimiser.image.clone()
    optimiser.step(torch.zeros_like(start))
    assert torch.equal(optimiser.image, before)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_going_on_from_its_state_is_as_if_nothing_had_happened(start, count):
    loss = towards(torch.full_like(start, 0.5))
    one = PixelLBFGS(start, 3)
    optimised(one, loss, count)
    tensors, values = one.state()
    other = PixelLBFGS(one.image, 3, learning_rate=7.0)
    other.restore({name: tensor.clone() for name, tensor in tensors.items()}, values)
    assert torch.equal(optimised(other, loss, 3), optimised(one, loss, 3))


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_the_loss_of_a_render_falls(content, style, network, style_loss):
    recipe = StyleRecipe(image_size=64, num_iterations=15, optimizer="lbfgs", style_loss=style_loss)
    totals = [step.losses["total"] for step in iterations(StyleInputs(content, (style,)), recipe, network)]
    assert totals[-1] < 0.5 * totals[0]
    assert sum(later < earlier for earlier, later in itertools.pairwise(totals)) > 10


def test_it_climbs_the_ladder(content, style, network):
    recipe = StyleRecipe(image_size=150, num_iterations=3, optimizer="lbfgs")
    steps = list(iterations(StyleInputs(content, (style,)), recipe, network))
    assert steps[-1].image.shape == (1, 3, 112, 150)
    assert steps[-1].image.isfinite().all()
