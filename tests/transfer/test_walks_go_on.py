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

QUICK = WALK.with_changes(num_iterations=4, stations=3, seconds=0.5)


def frames_of(film: bytes) -> int:
    with av.open(io.BytesIO(film)) as container:
        return len(list(container.decode(video=0)))


@pytest.mark.parametrize("closes", [True, False])
def test_it_goes_on_from_any_frame_to_the_same_film(tmp_path: Path, closes: bool) -> None:
    recipe = QUICK.with_changes(closes=closes)
    whole, kept = painter_of(recipe), []
    for step in steps(whole):
        path = tmp_path / str(step.number)
        save(step.state, path, whole.key())
        kept.append(path)

    assert frames_of(whole.beside(step)["film"]) == recipe.frames
    for path in (kept[0], kept[3], kept[-1]):
        again = painter_of(recipe)
        *_, last = steps(again, None, load(path, again.key()))
        assert last.ends_render
        assert torch.equal(last.image, step.image)
        assert [each.tobytes() for each in last.canvas.reel.pictures] == [
            each.tobytes() for each in step.canvas.reel.pictures
        ]


def test_stopped_early_it_is_the_film_as_far_as_it_is_there() -> None:
    made = painter_of(QUICK)
    third = next(step for step in steps(made) if step.number == 3)

    assert frames_of(made.beside(third)["film"]) == 3
    assert not third.ends_render


def test_it_keeps_no_more_stations_than_it_needs() -> None:
    held = [set(step.canvas.stations) for step in steps(painter_of(QUICK.with_changes(stations=4)))]

    assert held[0] == {0, 1}
    assert held[2] == {0, 1, 2}
    assert held[4] == {0, 2, 3}


def test_its_key_is_another_for_another_size_way_or_picture() -> None:
    changes = ({}, {"image_size": 65}, {"stations": 4}, {"seconds": 2.0}, {"closes": False}, {"seed": 1})
    assert len({painter_of(QUICK.with_changes(**each)).key() for each in changes}) == len(changes)


def test_progress_only_grows_and_counts_the_frames() -> None:
    seen = list(painter_of(QUICK).steps())
    done = [each.fraction for each in seen]

    assert done == sorted(done)
    assert done[-1] == 1.0
    assert [(each.iteration, each.rung.iterations) for each in seen if isinstance(each, Step)][-1] == (6, 6)


def test_a_plan_counts_stations_and_frames_and_too_little_memory_is_refused() -> None:
    sizes = {Role.CONTENT: [islands().size]}
    least = planner.least_memory(QUICK, sizes, 4)
    (found,) = planner.plan(QUICK, sizes, 4, least, None).rungs
    (longer,) = planner.plan(QUICK.with_changes(seconds=5), sizes, 4, least, None).rungs

    assert (found.size, found.iterations, found.memory) == ((64, 48), 6, least)
    assert longer.seconds > found.seconds > planner.costs(QUICK, sizes)[0][0] > 0
    with pytest.raises(PlanError, match="64 px needs"):
        planner.plan(QUICK, sizes, 4, least // 2, None)
