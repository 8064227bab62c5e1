"""A painting whose losses the host learns later is the same picture. No GPU is needed: each iteration just runs."""

from dataclasses import replace

import pytest
import torch

from tests.transfer.conftest import iterations, objective_of
from tests.transfer.plainly import scene
from transfer import devices
from transfer.engine import capture
from transfer.engine.ladder import Rung
from transfer.engine.objective import Losses
from transfer.engine.optimisers import PixelAdam
from transfer.engine.painting import MOST_RETREATS, Painting
from transfer.engine.recorded import LATE, RecordedPainting
from transfer.pausing import finish
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

RUNG = Rung(0, 61, 30, 0.02)
START, GOAL = torch.full((1, 3, 8, 8), 0.2), 0.24


class Cliff:
    """An objective like any other up to `edge`, beyond which its loss is `beyond`."""

    obstacle = ""

    def __init__(self, edge=0.255, beyond=float("inf")):
        self.edge, self.beyond = edge, beyond

    def gradient(self, image, gradient):
        gradient.copy_(2 * (image - GOAL) / image.numel())
        found = (image - GOAL).square().mean()
        yield from ()
        return Losses({"content": torch.where(image.max() > self.edge, found + self.beyond, found).double()})


def painting(kind, objective, rate=0.02, rung=RUNG, early_stopping=0):
    return kind(objective, PixelAdam(START, rate), rung, early_stopping)


def finished(work, look=lambda work: None):
    """What each step told."""
    told = []
    while not work.done:
        told.append(finish(work.step()))
        look(work)
    work.settle()
    return told


def alike(one, other):
    return torch.allclose(one.picture, other.picture, atol=1e-6) and one.totals == pytest.approx(other.totals, rel=1e-4)


def test_it_is_the_picture_of_a_painting_that_is_watched(network):
    content, styles, image = scene(torch.float32, (61, 47), ((53, 41), (40, 47)))
    found = []
    for kind in (Painting, RecordedPainting):
        objective = objective_of(network, StyleRecipe(), content, styles)
        work = kind(objective, PixelAdam(image, 0.01), Rung(0, 61, 12, 0.01), 0)
        told = finished(work)
        found.append((work, told))
    (watched, every), (recorded, late) = found
    assert torch.allclose(recorded.picture, watched.picture, atol=1e-4)
    assert recorded.totals == pytest.approx(watched.totals, rel=1e-3)
    assert late[-1] == pytest.approx(every[-1], rel=1e-3, abs=1e-6)
    assert list(late[0]) == list(every[0])


def test_what_a_step_tells_is_of_an_iteration_not_long_before():
    work = painting(RecordedPainting, Cliff(9))
    told = [each["total"] for each in finished(work)]
    assert told[0] == work.totals[0]
    assert told[-1] == work.totals[-1]
    ages = [number - work.totals.index(total) for number, total in enumerate(told)]
    assert 0 < max(ages) <= LATE
    assert len(work.totals) == RUNG.iterations


@pytest.mark.parametrize("beyond", [float("inf"), float("nan")])
@pytest.mark.parametrize("rate", [0.02, 0.1])
def test_it_goes_back_where_a_painting_does_and_makes_up_for_what_was_void(beyond, rate):
    recorded, watched = (painting(kind, Cliff(beyond=beyond), rate) for kind in (RecordedPainting, Painting))
    finished(recorded)
    finished(watched)
    assert recorded.retreats == watched.retreats > 0
    assert len(recorded.totals) == RUNG.iterations
    assert alike(recorded, watched)


@pytest.mark.parametrize("every", [1, 3, 7])
def test_when_the_host_looks_changes_nothing(every):
    alone, looked_at = painting(RecordedPainting, Cliff()), painting(RecordedPainting, Cliff())
    finished(alone)
    finished(looked_at, lambda work: work.settle() if work.iteration % every == 0 else None)
    assert alone.retreats > 0
    assert torch.equal(alone.picture, looked_at.picture)
    assert alone.totals == looked_at.totals


def test_it_gives_up_when_smaller_steps_do_not_help():
    cliff = Cliff(9)
    work = painting(RecordedPainting, cliff)
    for _ in range(5):
        finish(work.step())
    cliff.edge = 0
    with pytest.raises(FloatingPointError):
        finished(work)
    assert work.retreats == MOST_RETREATS


def test_a_start_without_a_finite_loss_is_given_up_at_once():
    work = painting(RecordedPainting, Cliff(0))
    with pytest.raises(FloatingPointError):
        finish(work.step())
    assert work.iteration == 0


def test_going_on_from_its_state_is_as_if_nothing_had_happened():
    whole, first, rest = (painting(RecordedPainting, Cliff()) for _ in range(3))
    finished(whole)
    for _ in range(11):
        finish(first.step())
    first.settle()
    tensors, values = first.state()
    rest.restore({name: tensor.clone() for name, tensor in tensors.items()}, values)
    assert rest.iteration == 11
    finished(rest)
    assert torch.equal(rest.picture, whole.picture)
    assert rest.totals == whole.totals


def test_its_state_is_one_that_a_painting_that_is_watched_goes_on_from():
    first, rest, whole = painting(RecordedPainting, Cliff()), painting(Painting, Cliff()), painting(Painting, Cliff())
    finished(whole)
    for _ in range(11):
        finish(first.step())
    first.settle()
    rest.restore(*first.state())
    finished(rest)
    assert alike(rest, whole)


def test_it_leaves_off_early_where_a_painting_does():
    rung = Rung(0, 61, 200, 0.001)
    recorded, watched = (
        painting(kind, Cliff(9), 0.001, rung, early_stopping=0.05) for kind in (RecordedPainting, Painting)
    )
    finished(recorded)
    finished(watched)
    assert recorded.iteration == watched.iteration < 200


def test_a_render_whose_rungs_are_recorded_is_the_same_and_goes_on_from_its_states(
    network, content, style, monkeypatch
):
    def climbed(**options):
        recipe = StyleRecipe(image_size=132, num_iterations=9)
        return iterations(StyleInputs(content, (style,)), recipe, network, **options)

    monkeypatch.setattr(devices, "is_cuda", lambda device: True)
    monkeypatch.setenv(capture.VARIABLE, "0")  # a processor has no graphs
    with monkeypatch.context() as patch:
        patch.setattr("transfer.engine.recorded.obstacle", lambda objective: "it is watched this once")
        *_, watched = climbed()
    for step in climbed():
        if step.number == 14:
            state = step.state
            state = replace(state, tensors={name: each.clone() for name, each in state.tensors.items()})
    assert torch.allclose(step.image, watched.image, atol=1e-3)
    assert step.losses == pytest.approx(watched.losses, rel=1e-3)
    *_, resumed = climbed(resume=state)
    assert torch.equal(resumed.image, step.image)
