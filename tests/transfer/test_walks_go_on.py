"""A walk that was put away goes on at its last frame to the same film; stopped early, it is the film so far."""

import io
from pathlib import Path

import av
import pytest
import torch

from tests.transfer.variations import islands
from tests.transfer.walks import WALK, painter_of, steps
from transfer.engine.checkpoint import load, save
from transfer.engine.step import Step
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.walk import planner
from transfer.walk.painter import WalkPainter

QUICK = WALK.with_changes(num_iterations=4, stations=3, seconds=0.5)


def frames_of(film: bytes) -> int:
    with av.open(io.BytesIO(film)) as container:
        return len(list(container.decode(video=0)))


@pytest.fixture(scope="module")
def whole() -> tuple[WalkPainter, list[Step]]:
    made = painter_of(QUICK)
    return made, list(steps(made))


def test_it_goes_on_from_any_frame_to_the_same_film(whole: tuple[WalkPainter, list[Step]], tmp_path: Path) -> None:
    made, seen = whole
    assert frames_of(made.beside(seen[-1])["film"]) == QUICK.frames == 6
    for step in (seen[0], seen[3], seen[-1]):
        save(step.state, tmp_path / "state", made.key())
        again = painter_of(QUICK)
        *_, last = steps(again, None, load(tmp_path / "state", again.key()))
        assert last.ends_render
        assert torch.equal(last.image, seen[-1].image)
        assert [each.tobytes() for each in last.canvas.reel.pictures] == [
            each.tobytes() for each in seen[-1].canvas.reel.pictures
        ]


def test_stopped_early_it_is_the_film_as_far_as_it_is_there(whole: tuple[WalkPainter, list[Step]]) -> None:
    made, seen = whole
    assert frames_of(made.beside(seen[2])["film"]) == 3
    assert not seen[2].ends_render


def test_it_keeps_no_more_stations_than_it_needs(whole: tuple[WalkPainter, list[Step]]) -> None:
    assert [set(step.canvas.stations) for step in whole[1]] == [{0, 1}] * 2 + [{0, 1, 2}] * 2 + [{0, 2}] * 2


def test_its_key_is_another_for_another_size_way_or_picture() -> None:
    changes = ({}, {"image_size": 65}, {"stations": 4}, {"seconds": 2.0}, {"closes": False}, {"seed": 1})
    assert len({painter_of(QUICK.with_changes(**each)).key() for each in changes}) == len(changes)


def test_progress_only_grows_and_counts_the_frames() -> None:
    seen = list(painter_of(QUICK.with_changes(seconds=0.25, stations=2)).steps())
    done = [each.fraction for each in seen]

    assert done == sorted(done)
    assert done[-1] == 1.0
    assert [(each.iteration, each.rung.iterations) for each in seen if isinstance(each, Step)][-1] == (2, 2)


def test_a_plan_counts_stations_and_frames_and_too_little_memory_is_refused() -> None:
    sizes = {Role.CONTENT: [islands().size]}
    least = planner.least_memory(QUICK, sizes, 4)
    (found,) = planner.plan(QUICK, sizes, 4, least, None).rungs
    (longer,) = planner.plan(QUICK.with_changes(seconds=5), sizes, 4, least, None).rungs

    assert (found.size, found.iterations, found.memory) == ((64, 48), 6, least)
    assert longer.seconds > found.seconds > planner.costs(QUICK, sizes)[0][0] > 0
    with pytest.raises(PlanError, match="64 px needs"):
        planner.plan(QUICK, sizes, 4, least // 2, None)
