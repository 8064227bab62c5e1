"""A zoom that was put away goes on at its last frame to the same film; stopped early, it is the film so far."""

import io

import av
import pytest

from tests.transfer.dreams import QUICK
from transfer.devices import resolve
from transfer.engine.checkpoint import load, save
from transfer.engine.step import Step
from transfer.errors import PlanError
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.zoom import planner
from transfer.zoom.painter import painter
from transfer.zoom.recipe import ZoomRecipe

RECIPE = ZoomRecipe(**{**dict(QUICK), "image_size": 64, "octave_iter": 1, "frames": 5})


def painter_of(content, **changes):
    inputs = Inputs((Input(Role.CONTENT, 0, content),))
    return painter(inputs, RECIPE.with_changes(**changes), resolve("cpu"))


def steps(made, **options):
    return [step for step in made.steps(**options) if isinstance(step, Step)]


def frames_of(film):
    with av.open(io.BytesIO(film)) as container:
        return len(list(container.decode(video=0)))


@pytest.mark.parametrize("changes", [{}, {"closes": True}])
def test_it_goes_on_from_any_frame_to_the_same_film(content, tmp_path, changes):
    whole, kept = painter_of(content, **changes), []
    for step in steps(whole):
        path = tmp_path / str(step.number)
        save(step.state, path, whole.key())
        kept.append(path)

    assert frames_of(whole.beside(step)["film"]) == 5
    for path in (kept[0], kept[2], kept[-1]):
        again = painter_of(content, **changes)
        last = steps(again, resume=load(path, again.key()))[-1]
        assert last.ends_render
        assert to_picture(last.image).tobytes() == to_picture(step.image).tobytes()
        assert again.beside(last)["film"] == whole.beside(step)["film"]


def test_stopped_early_it_is_the_film_as_far_as_it_is_there(content):
    made = painter_of(content)
    third = next(step for step in made.steps() if isinstance(step, Step) and step.number == 3)
    assert frames_of(made.beside(third)["film"]) == 3

    closing = painter_of(content, closes=True)
    first = next(step for step in closing.steps() if isinstance(step, Step))
    assert frames_of(closing.beside(first)["film"]) == 1


def test_its_key_is_another_for_another_size_motion_or_length(content):
    keys = {painter_of(content, **changes).key() for changes in ({}, {"image_size": 65}, {"zoom": 1.2}, {"frames": 6})}
    assert len(keys) == 4


def test_progress_only_grows_and_counts_the_frames(content):
    seen = list(painter_of(content).steps())
    done = [each.fraction for each in seen]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert [(each.iteration, each.rung.iterations) for each in seen if isinstance(each, Step)][-1] == (5, 5)


def test_a_plan_grows_with_the_frames_and_too_little_memory_is_refused(content):
    sizes = {Role.CONTENT: [content.size]}
    least = planner.least_memory(RECIPE, sizes, 2)
    planner.plan(RECIPE, sizes, 2, least)
    with pytest.raises(PlanError, match="64 px needs"):
        planner.plan(RECIPE, sizes, 2, least // 2)
