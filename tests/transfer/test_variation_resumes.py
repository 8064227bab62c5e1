"""A variation that was put away goes on and ends with the pixels that it would have had."""

from pathlib import Path

import torch

from tests.transfer.variations import QUICK, islands, painter_of, steps
from transfer.engine.checkpoint import load, save

RECIPE = QUICK.with_changes(num_iterations=8)


def test_it_goes_on_from_any_step_to_the_same_pixels(tmp_path: Path) -> None:
    whole, kept = painter_of(RECIPE, islands()), []
    for step in steps(whole):
        path = tmp_path / f"{step.number}"
        save(step.state, path, whole.key())
        kept.append(path)
    rungs = len(whole.rungs)
    for path in (kept[3], kept[len(kept) // 2], kept[-2], kept[-1]):
        again = painter_of(RECIPE, islands())
        *_, last = steps(again, None, load(path, again.key()))
        assert (last.number, last.rung.index) == (step.number, rungs - 1)
        assert last.ends_render
        assert torch.equal(last.image, step.image)


def test_a_finished_size_is_shown_again() -> None:
    made = painter_of(RECIPE, islands())
    ends = [step for step in steps(made) if step.ends_rung]
    shown = list(made.finished([ends[0].state]))
    assert torch.equal(shown[0].image, ends[0].image)


def test_its_key_is_another_where_picture_recipe_or_what_stays_is_and_not_for_another_size() -> None:
    def key(picture=None, stays=None, **changes) -> str:
        return painter_of(RECIPE.with_changes(**changes), picture or islands(), stays).key()

    others = {key(), key(seed=3), key(method="nearest"), key(islands((80, 60))), key(stays=islands())}
    assert len(others) == 5
    assert key(image_size=128) == key()


def test_progress_only_grows_and_ends_at_one() -> None:
    done = [step.fraction for step in steps(painter_of(RECIPE, islands()))]
    assert done == sorted(done)
    assert done[-1] == 1.0
