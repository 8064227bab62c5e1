"""What has no state to go on from says so, and its steps tell all else that steps tell."""

import pytest
import torch

from tests.transfer.films import frames, write
from transfer.engine.step import Step, result
from transfer.film.recipe import FilmRecipe
from transfer.film.steps import painter as film_painter
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.synthesis.painter import painter as made_painter
from transfer.synthesis.recipes.clouds import CloudsRecipe

CPU = torch.device("cpu")


def is_without_a_state(step: Step) -> bool:
    with pytest.raises(RuntimeError, match="state"):
        step.state  # noqa: B018
    return not step.has_state


def test_a_picture_that_is_made_has_one_step():
    last = result(made_painter(Inputs(()), CloudsRecipe(image_size=96), CPU).steps())

    assert (last.iteration, last.number, last.rungs, last.fraction) == (1, 1, 1, 1.0)
    assert last.ends_render
    assert last.losses == {"total": 0.0}
    assert is_without_a_state(last)
    assert max(to_picture(last.shown(32)).size) == 32


def test_each_frame_of_a_film_is_a_step(tmp_path, style):
    clip = write(tmp_path / "clip.mp4", frames(4))
    given = Inputs((Input(Role.CONTENT, 0, frames(1)[0], None, clip, "ab"), Input(Role.STYLE, 1, style)))
    steps = [step for step in film_painter(given, FilmRecipe(image_size=64), CPU).steps() if isinstance(step, Step)]

    assert [step.iteration for step in steps] == [step.number for step in steps]
    assert [step.ends_render for step in steps] == [False] * (len(steps) - 1) + [True]
    assert steps[-1].iteration == 4
    assert all(map(is_without_a_state, steps))
