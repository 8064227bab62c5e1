"""A large iteration gives signs of life between its tiles."""

import itertools

import pytest
import torch

from transfer.engine import checkpoint
from transfer.engine.layout import Layout
from transfer.engine.step import Step, Tick
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

RECIPE = StyleRecipe(image_size=150, num_iterations=3, init="content")


@pytest.fixture
def paint(content, style, network, monkeypatch):
    """A render in tiles of that many pixels, or in one piece."""

    def begun(tile_pixels, recipe=RECIPE, keeps_content=True, resume=None):
        monkeypatch.setattr("transfer.style.goal.layout", lambda *_: Layout(tile_pixels, keeps_content, 10))
        return render(StyleInputs(content, (style,)), recipe, network, resume=resume)

    return begun


def test_a_render_of_single_tiles_has_none(paint):
    assert all(isinstance(each, Step) for each in paint(None))


@pytest.mark.parametrize("keeps_content", [True, False])
def test_a_render_of_several_tiles_has_some_before_every_step(paint, keeps_content):
    before = 0
    for each in paint(7000, keeps_content=keeps_content):
        if isinstance(each, Tick):
            before += 1
        else:
            assert before > 1
            before = 0
    assert before == 0


def test_fractions_never_fall_and_rise_within_every_iteration(paint):
    found = list(paint(7000))
    assert all(one.fraction <= other.fraction for one, other in itertools.pairwise(found))
    for ticks, group in itertools.groupby(found, key=lambda each: isinstance(each, Tick)):
        fractions = [each.fraction for each in group]
        assert not ticks or len(set(fractions)) > 1
    for one, other in itertools.pairwise(found):
        if isinstance(other, Step):
            assert one.fraction < other.fraction
    assert found[-1].fraction == 1


def test_steps_are_those_of_a_render_in_one_piece_but_for_rounding(paint):
    whole, tiled = ([each for each in paint(pixels) if isinstance(each, Step)] for pixels in (None, 7000))
    assert [each.fraction for each in whole] == [each.fraction for each in tiled]
    assert [each.number for each in whole] == [each.number for each in tiled]
    for one, other in zip(whole, tiled, strict=True):
        assert one.losses == pytest.approx(other.losses, rel=1e-3)
    assert (whole[-1].image - tiled[-1].image).abs().mean() < 1e-3


@pytest.mark.parametrize("optimizer", ["adam", "lbfgs"])
def test_a_render_stopped_at_any_tick_loses_nothing_but_the_iteration(paint, tmp_path, optimizer):
    recipe = RECIPE.model_copy(update={"optimizer": optimizer})
    whole = [(each.number, each.image) for each in paint(7000, recipe) if isinstance(each, Step)]
    for last, ticks in ((1, 1), (2, 3), (3, 2), (4, 5)):
        left = None
        for each in paint(7000, recipe):
            if isinstance(each, Step) and each.number == last:
                checkpoint.save(each.state, tmp_path / "state", "key")
                left = ticks
            elif isinstance(each, Tick) and left is not None:
                left -= 1
                if not left:
                    break
        assert left == 0
        rest = paint(7000, recipe, resume=checkpoint.load(tmp_path / "state", "key"))
        found = [(each.number, each.image) for each in rest if isinstance(each, Step)]
        assert [number for number, _ in found] == [number for number, _ in whole[last:]]
        assert all(torch.equal(image, wanted) for (_, image), (_, wanted) in zip(found, whole[last:], strict=True))


def test_the_picture_between_two_steps_is_that_of_the_step_before(paint):
    last = None
    for each in paint(7000):
        if isinstance(each, Tick) and last is not None and not last[0].ends_rung:
            assert torch.equal(last[0].image, last[1])
        if isinstance(each, Step):
            last = each, each.image
