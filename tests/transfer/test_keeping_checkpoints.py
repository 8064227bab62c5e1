"""Which checkpoints are written, found again and deleted."""

import errno
import os
import time

import pytest

from tests.transfer.conftest import iterations
from transfer.engine.keeper import Folder, Keeper, interrupted, prune
from transfer.engine.ladder import rungs
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

KEY = "ab" * 32
RECIPE = StyleRecipe(image_size=181, num_iterations=4)


@pytest.fixture
def shelf(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def steps(content, style, network):
    def run(recipe=RECIPE, resume=None):
        return iterations(StyleInputs(content, (style,)), recipe, network, resume=resume)

    return run


def names(shelf):
    return sorted(name.split("/")[1].removesuffix(".safetensors") for name in shelf.names(KEY))


def test_every_finished_rung_is_kept(shelf, steps):
    keeper = Keeper(shelf, KEY)
    for step in steps():
        keeper.keep(step)
    assert names(shelf) == ["00128-end", "00181-end"]
    assert keeper.trouble == []


def test_a_state_within_a_rung_goes_when_there_is_a_later_one(shelf, steps):
    keeper = Keeper(shelf, KEY)
    for step in steps():
        keeper.keep_now(step)
        if step.number == 3:
            assert names(shelf) == ["00128-00003"]
    assert names(shelf) == ["00128-end", "00181-end"]


@pytest.mark.parametrize("is_over", [False, True])
def test_within_a_rung_one_is_written_only_after_a_pause(is_over, shelf, steps, monkeypatch):
    monkeypatch.setattr("transfer.engine.keeper.SELDOM", 0.0 if is_over else 3600.0)
    monkeypatch.setattr("transfer.engine.keeper.COST", 1e6)  # however long it took to write one
    keeper = Keeper(shelf, KEY)
    for step in steps():
        assert keeper.keep(step) == (step.ends_rung or is_over)


def test_the_state_nearest_to_the_end_is_found_and_only_where_the_render_passes(shelf, steps):
    keeper = Keeper(shelf, KEY)
    for step in steps():
        if step.number <= 6:
            keeper.keep_now(step)
    assert Keeper(shelf, KEY).best(rungs(RECIPE)).number == 6
    assert Keeper(shelf, KEY).best(rungs(StyleRecipe(image_size=150, num_iterations=4))).long_side == 128
    assert Keeper(shelf, KEY).best(rungs(StyleRecipe(image_size=100, num_iterations=4))) is None
    assert Keeper(shelf, "cd" * 32).best(rungs(RECIPE)) is None


def test_a_damaged_one_is_thrown_away_and_the_one_before_is_used(shelf, steps, tmp_path):
    keeper = Keeper(shelf, KEY)
    for step in steps():
        keeper.keep(step)
    (tmp_path / KEY / "00181-end.safetensors").write_bytes(b"nothing of use")
    again = Keeper(shelf, KEY)
    assert again.best(rungs(RECIPE)).long_side == 128
    assert "earlier one" in again.trouble[0]
    assert names(shelf) == ["00128-end"]


def test_a_shelf_that_is_full_is_said_once_and_ends_nothing(shelf, steps, monkeypatch):
    def full(name, write):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shelf, "put", full)
    keeper = Keeper(shelf, KEY)
    assert [keeper.keep_now(step) for step in steps()] == [False] * 8
    assert keeper.trouble == ["A checkpoint could not be written (No space left on device); the render went on."]


def test_one_that_would_take_too_long_is_left_out(shelf, steps):
    keeper = Keeper(shelf, KEY)
    first = next(iter(steps()))
    assert not keeper.keep_now(first, within=0)
    assert keeper.keep_now(first, within=60)


def test_the_oldest_go_first_and_the_old_go_anyway(shelf, tmp_path):
    for age, name in enumerate(("1/00128-end", "2/00128-end", "3/00128-end")):
        path = tmp_path / f"{name}.safetensors"
        path.parent.mkdir()
        path.write_bytes(b"x" * 100)
        then = time.time() - 1000 * age
        os.utime(path, (then, then))
    assert prune(shelf, 10_000, 1500) == 1
    assert prune(shelf, 150, 1500) == 1
    assert [kept.name for kept in shelf.everything()] == ["1/00128-end.safetensors"]


def test_a_render_that_began_under_an_earlier_key_goes_on_under_it(shelf, steps):
    before = Keeper(shelf, "cd" * 32)
    for step in steps():
        if step.number == 6:
            before.keep_now(step)
            break
    keeper = Keeper(shelf, KEY, ["ef" * 32, before.key])
    state = keeper.best(rungs(RECIPE))
    assert (state.number, keeper.key) == (6, before.key)
    for step in steps(resume=state):
        keeper.keep(step)
    assert names(shelf) == []
    assert [name.split("/")[1] for name in shelf.names(before.key)] == ["00181-end.safetensors"]


def test_an_earlier_key_is_not_asked_where_there_is_something_of_todays(shelf, steps):
    for key in ("cd" * 32, KEY):
        keeper = Keeper(shelf, key)
        for step in steps(StyleRecipe(image_size=128, num_iterations=4)):
            keeper.keep(step)
    keeper = Keeper(shelf, KEY, ["cd" * 32])
    assert keeper.best(rungs(RECIPE)).long_side == 128
    assert keeper.key == KEY


def test_a_render_without_earlier_keys_begins_anew_beside_what_others_have_left(shelf, steps):
    for step in steps(StyleRecipe(image_size=128, num_iterations=4)):
        Keeper(shelf, "cd" * 32).keep_now(step)
    assert Keeper(shelf, KEY).best(rungs(RECIPE)) is None


def test_a_render_was_interrupted_where_one_of_its_checkpoints_is_within_a_rung(shelf, steps):
    for step in steps(StyleRecipe(image_size=128, num_iterations=4)):
        Keeper(shelf, KEY).keep_now(step)
        assert interrupted(shelf, [KEY, "cd" * 32]) == ([] if step.ends_rung else [KEY])
