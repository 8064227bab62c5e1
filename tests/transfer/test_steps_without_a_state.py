"""What has no state to go on from gives none and is not kept, and its steps tell all else that steps tell."""

import torch

from tests.transfer.films import frames, write
from transfer.engine.keeper import Folder, Keeper
from transfer.engine.step import Step, result
from transfer.film.painter import painter as film_painter
from transfer.film.recipe import FilmRecipe
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.synthesis.painter import painter as made_painter
from transfer.synthesis.recipes.clouds import CloudsRecipe

CPU = torch.device("cpu")


def test_a_picture_that_is_made_has_one_step():
    last = result(made_painter(Inputs(()), CloudsRecipe(image_size=96), CPU).steps())

    assert (last.iteration, last.number, last.rungs, last.fraction) == (1, 1, 1, 1.0)
    assert last.ends_render
    assert last.losses == {"total": 0.0}
    assert last.state is None
    assert max(to_picture(last.shown(32)).size) == 32


def test_each_frame_of_a_film_is_a_step(tmp_path, style):
    clip = write(tmp_path / "clip.mp4", frames(4))
    given = Inputs((Input(Role.CONTENT, 0, frames(1)[0], None, clip, "ab"), Input(Role.STYLE, 1, style)))
    steps = [step for step in film_painter(given, FilmRecipe(image_size=64), CPU).steps() if isinstance(step, Step)]

    assert [step.iteration for step in steps] == [step.number for step in steps]
    assert [step.ends_render for step in steps] == [False] * (len(steps) - 1) + [True]
    assert steps[-1].iteration == 4
    assert [step.state for step in steps] == [None] * len(steps)


def test_nothing_of_it_is_kept(tmp_path):
    keeper = Keeper(Folder(tmp_path), "ab" * 32)
    last = result(made_painter(Inputs(()), CloudsRecipe(image_size=96), CPU).steps())

    assert not keeper.keep(last)
    assert not keeper.keep_now(last)
    assert not list(tmp_path.iterdir())
