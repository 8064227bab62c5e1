"""How a rung weighs the content and scales the style depends on its size alone."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.transfer.conftest import iterations, measured, objective_of
from transfer.engine.canvas import COARSE, PREVIEW_WEIGHT
from transfer.engine.ladder import PREVIEW, Rung, fit, rungs
from transfer.images import enlarged, scaled, scaled_bytes
from transfer.losses.anchor import Anchor
from transfer.recipes.style import StyleRecipe
from transfer.style.grain import add_grain
from transfer.style.inputs import StyleInputs
from transfer.style.objective import ANCHOR_UNIT
from transfer.style.rungs import COMPOSED, content_part, fine_part, style_part, style_size
from transfer.tiling.tiles import GuidedImage

sides = st.integers(64, 2048)


def rung_of(long_side, **facts):
    return Rung(**{"index": 0, "long_side": long_side, "iterations": 3, "learning_rate": 0.02} | facts)


@given(st.integers(64, COMPOSED))
def test_up_to_512_px_content_has_all_its_weight_and_the_style_its_size(side):
    assert content_part(rung_of(side)) == style_part(rung_of(side)) == 1


@given(st.integers(COMPOSED + 1, 2048))
def test_above_content_has_less_weight_and_the_style_is_seen_closer(side):
    assert 0 < content_part(rung_of(side)) < 1
    assert 1 < style_part(rung_of(side)) <= 1.5


@given(sides, sides)
def test_the_larger_the_rung_the_less_of_the_content_and_the_closer_the_style(one, other):
    small, large = (rung_of(side) for side in sorted((one, other)))
    assert content_part(small) >= content_part(large)
    assert style_part(small) <= style_part(large)


@given(sides, st.integers(0, 9), st.integers(1, 2000), st.floats(0.0001, 1))
def test_nothing_but_the_size_of_the_rung_decides(side, index, iterations, rate):
    one, other = rung_of(side), rung_of(side, index=index, iterations=iterations, learning_rate=rate)
    assert (content_part(one), style_part(one)) == (content_part(other), style_part(other))
    recipe = StyleRecipe()
    assert style_size((900, 700), recipe, one) == style_size((900, 700), recipe, other)


@given(st.tuples(st.integers(32, 3000), st.integers(32, 3000)), st.floats(0.1, 4))
def test_a_style_is_never_seen_larger_than_it_is(size, scale):
    recipe = StyleRecipe(style_scale=scale, image_size=2048)
    for rung in rungs(recipe):
        assert all(seen <= own for seen, own in zip(style_size(size, recipe, rung), size, strict=True))


@given(st.floats(0.1, 4))
def test_a_style_is_seen_larger_on_higher_rungs_but_not_larger_than_it_is(scale):
    recipe = StyleRecipe(style_scale=scale, image_size=2048)
    widths = [style_size((1500, 1000), recipe, rung)[0] for rung in rungs(recipe)]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1] <= 1500


@pytest.mark.parametrize("long_side", [256, 512, 724, 2048])
def test_the_content_term_has_the_weight_that_the_rung_leaves_it(network, content, style, long_side):
    seen = GuidedImage(scaled(content, (64, 48))), [GuidedImage(scaled(style, (64, 64)))]
    image = (seen[0].image + 0.1 * torch.randn(1, 3, 48, 64)).clamp(0, 1)
    lowest, here = (
        measured(objective_of(network, StyleRecipe(), *seen, rung=rung), image)[0].values()
        for rung in (rung_of(128), rung_of(long_side))
    )
    assert here["content"] == pytest.approx(lowest["content"] * content_part(rung_of(long_side)))
    assert here["fine"] == pytest.approx(lowest["fine"] * fine_part(rung_of(long_side)) / fine_part(rung_of(128)))
    assert (here["style"], here["tv"]) == (lowest["style"], lowest["tv"])


def test_anchors_count_by_their_weights(network, content, style):
    seen = GuidedImage(scaled(content, (64, 48))), [GuidedImage(scaled(style, (64, 64)))]
    drifted = (0.9 * seen[0].image + 0.05).clamp(0, 1)

    def anchored(*weights):
        anchors = [Anchor.of(seen[0].image, 1.0, weight) for weight in weights]
        return measured(objective_of(network, StyleRecipe(), *seen, anchors, rung_of(181)), drifted)[0].terms["anchor"]

    assert anchored() == anchored(0) == 0
    assert anchored(8) == pytest.approx(8 * anchored(1))
    assert anchored(1, 3) == pytest.approx(4 * anchored(1)) != 0


def test_above_the_preview_a_rung_holds_on_to_all_that_the_preview_shows(network, content, style):
    recipe = StyleRecipe(image_size=362, num_iterations=2, init="content")
    firsts, ends = {}, {}
    for step in iterations(StyleInputs(content, (style,)), recipe, network):
        firsts.setdefault(step.rung.long_side, step.losses["anchor"])
        ends[step.rung.long_side] = step.image
    for below, side in ((128, 181), (181, PREVIEW), (PREVIEW, 362)):
        start = enlarged(ends[below], fit(content.size, side))
        if side > PREVIEW:
            add_grain(start, [scaled_bytes(style, style_size(style.size, recipe, rung_of(side)))], (1.0,))
        held = Anchor.of(ends[below], COARSE).pull(start, 1.0, torch.zeros_like(start))
        if side > PREVIEW:
            held = held + Anchor.of(ends[PREVIEW], 1.0, PREVIEW_WEIGHT).pull(start, 1.0, torch.zeros_like(start))
        assert firsts[side] == pytest.approx(ANCHOR_UNIT * float(held), rel=1e-4)
