"""If the loss is not finite, a painting goes back and continues with half the step."""

import pytest
import torch
from torch.linalg import LinAlgError

from tests.transfer.conftest import iterations
from transfer.engine.ladder import Rung
from transfer.engine.objective import Losses
from transfer.engine.optimisers import PixelAdam, PixelLBFGS
from transfer.engine.painting import MOST_RETREATS, Painting
from transfer.errors import RenderError
from transfer.features.registry import BACKBONES
from transfer.pausing import finish
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

RATE = 0.02
RUNG = Rung(index=0, long_side=64, iterations=40, learning_rate=RATE)
START, GOAL = torch.full((1, 3, 8, 8), 0.2), 0.24


class Cliff:
    """An objective like any other up to `edge`, beyond which it is `beyond`: no real picture makes one so surely."""

    def __init__(self, edge, beyond=float("inf")):
        self.edge, self.beyond = edge, beyond
        self.falls = 0

    def gradient(self, image, gradient):
        content = float((image - GOAL).square().mean())
        gradient.copy_(2 * (image - GOAL) / image.numel())
        yield 0.0
        if image.max() > self.edge:
            self.falls += 1
            if isinstance(self.beyond, Exception):
                raise self.beyond
            content *= self.beyond
            gradient *= self.beyond
        return Losses({"content": content, "style": 0.0, "tv": 0.0, "anchor": 0.0})


def painting(objective, optimiser=None):
    return Painting(objective, optimiser or PixelAdam(START, RATE), RUNG, 0)


def steps(work):
    while not work.done:
        yield finish(work.step())


@pytest.mark.parametrize("beyond", [float("inf"), float("nan"), LinAlgError("no roots")], ids=str)
def test_it_goes_on_with_smaller_steps_and_ends_at_the_goal(beyond):
    cliff = Cliff(0.255, beyond)
    work = painting(cliff)
    totals = [values["total"] for values in steps(work)]
    assert cliff.falls > 0
    assert len(totals) == RUNG.iterations
    assert torch.tensor(totals).isfinite().all()
    assert (work.picture - GOAL).abs().max() < 0.01


def test_each_time_the_learning_rate_is_halved():
    cliff = Cliff(0.255)
    work = painting(cliff)
    list(steps(work))
    assert work.retreats == cliff.falls
    assert work.optimiser.learning_rate == pytest.approx(RATE / 2**cliff.falls)


def test_where_there_is_no_cliff_in_the_way_nothing_is_slowed():
    work = painting(Cliff(0.9))
    list(steps(work))
    assert work.retreats == 0
    assert work.optimiser.learning_rate == RATE


def test_a_first_step_that_goes_too_far_is_taken_back_too():
    work = painting(Cliff(0.255), PixelAdam(START, 0.1))
    totals = [values["total"] for values in steps(work)]
    assert len(totals) == RUNG.iterations
    assert work.picture.max() < 0.255


def test_it_gives_up_when_smaller_steps_do_not_help():
    class Broken(Cliff):
        def gradient(self, image, gradient):
            if work.iteration >= 3:
                self.edge = 0  # wherever the image is
            return (yield from super().gradient(image, gradient))

    cliff = Broken(1)
    work = painting(cliff)
    with pytest.raises(FloatingPointError):
        list(steps(work))
    assert work.iteration == 3
    assert cliff.falls == MOST_RETREATS + 1


@pytest.mark.parametrize("beyond", [float("nan"), LinAlgError("no roots")], ids=str)
def test_a_start_from_which_no_loss_is_finite_is_given_up_at_once(beyond):
    cliff = Cliff(0, beyond)
    with pytest.raises((FloatingPointError, LinAlgError)):
        finish(painting(cliff).step())
    assert cliff.falls == 1


@pytest.mark.parametrize("kind", [PixelAdam, PixelLBFGS])
def test_a_slowed_optimiser_is_of_the_same_kind_at_the_image_given_with_half_the_rate(kind):
    optimiser = kind(START, 0.5) if kind is PixelAdam else kind(START, 7, 0.5)
    image = torch.rand(START.shape)
    slowed = optimiser.slowed(image)
    assert type(slowed) is kind
    assert torch.equal(slowed.image, image)
    assert slowed.learning_rate == optimiser.learning_rate / 2
    if kind is PixelLBFGS:
        assert slowed.corrections == optimiser.corrections


def test_a_render_that_cannot_go_on_says_so_in_a_sentence(content, style):
    network = BACKBONES["vgg19-lite"].load(()).frozen()
    steps = iterations(StyleInputs(content, (style,)), StyleRecipe(image_size=64, num_iterations=9), network)
    assert [next(steps).number, next(steps).number] == [1, 2]
    network.conv1_1.weight.fill_(float("nan"))
    with pytest.raises(RenderError, match=r"^The loss is no longer finite in iteration 3 of 64 px: .*\.$"):
        next(steps)
