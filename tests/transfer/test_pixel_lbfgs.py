import itertools

import pytest
import torch

from transfer.inputs import Inputs
from transfer.optimisers import LBFGS_BYTES, LBFGS_MEMORY, PixelLBFGS
from transfer.recipe import Recipe
from transfer.render import render


@pytest.fixture
def start():
    return torch.rand(1, 3, 12, 16, generator=torch.Generator().manual_seed(0))


def towards(goal):
    """A valley that is a hundred times steeper across than along."""
    scale = torch.linspace(0.1, 1, 16)
    return lambda image: (scale * (image - goal)).square().mean()


def run(optimiser, loss, count):
    for _ in range(count):
        optimiser.step(loss)
    return optimiser.image.detach()


def history(optimiser):
    (group,) = optimiser.optimiser.param_groups
    return group["history_size"]


def test_it_brings_an_image_nearer_to_its_goal(start):
    loss = towards(torch.full_like(start, 0.5))
    assert loss(run(PixelLBFGS(start, 10), loss, 15)) < 0.01 * loss(start)


def test_the_image_it_starts_from_is_left_alone(start):
    before = start.clone()
    run(PixelLBFGS(start, 10), towards(torch.zeros_like(start)), 3)
    assert torch.equal(start, before)


def test_colours_stay_between_nothing_and_everything(start):
    for goal, end in ((5.0, 1), (-5.0, 0)):
        image = run(PixelLBFGS(start, 10), towards(torch.full_like(start, goal)), 10)
        assert image.min() >= 0
        assert image.max() <= 1
        assert (image == end).any()


def test_a_step_asks_for_the_loss_once(start):
    asked = []
    optimiser = PixelLBFGS(start, 10)
    for _ in range(4):
        optimiser.step(lambda image: asked.append(1) or image.square().mean())
    assert len(asked) == 4


def test_the_history_is_as_long_as_was_asked_for_a_small_image(start):
    assert [history(PixelLBFGS(start, corrections)) for corrections in (1, 10, 100)] == [1, 10, 100]


@pytest.mark.parametrize("side", [512, 1024, 2048])
def test_the_history_of_a_large_image_is_shorter_so_that_it_fits_into_memory(side):
    found = history(PixelLBFGS(torch.zeros(1, 3, side, side), 100))
    assert 1 <= found < 100
    assert found * LBFGS_BYTES * side**2 <= LBFGS_MEMORY < (found + 1) * LBFGS_BYTES * side**2


def test_no_more_steps_are_remembered_than_the_history_is_long(start):
    optimiser = PixelLBFGS(start, 4)
    run(optimiser, towards(torch.full_like(start, 0.5)), 8)
    state = optimiser.optimiser.state[optimiser.image]
    assert 0 < len(state["old_dirs"]) <= 4
    entry = state["old_dirs"][0].nbytes + state["old_stps"][0].nbytes
    assert entry == LBFGS_BYTES * 12 * 16


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_the_loss_of_a_render_falls(content, style, network, style_loss):
    recipe = Recipe(image_size=64, num_iterations=15, optimizer="lbfgs", style_loss=style_loss)
    totals = [step.losses["total"] for step in render(Inputs(content, (style,)), recipe, network)]
    assert totals[-1] < 0.5 * totals[0]
    assert sum(later < earlier for earlier, later in itertools.pairwise(totals)) > 10


def test_it_climbs_the_ladder(content, style, network):
    recipe = Recipe(image_size=150, num_iterations=3, optimizer="lbfgs")
    steps = list(render(Inputs(content, (style,)), recipe, network))
    assert steps[-1].image.shape == (1, 3, 112, 150)
    assert steps[-1].image.isfinite().all()
