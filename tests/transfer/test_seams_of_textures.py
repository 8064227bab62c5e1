"""A seamless texture has no seam: what lies beside each other across its border is as alike as inside."""

from dataclasses import replace

import pytest
import torch
from PIL import Image, ImageOps

from benchmarks.textures import jumps, repetition
from tests.transfer.conftest import strokes
from tests.transfer.textures import QUICK, made, painter_of
from transfer.engine.checkpoint import load, save
from transfer.engine.step import result
from transfer.images import to_tensor
from transfer.inputs import Input, Inputs, Role
from transfer.instant.beginning import painter
from transfer.recipes.style import StyleRecipe
from transfer.texture.goal import TextureGoal

MORE = QUICK.with_changes(num_iterations=30)
X, Y = 3, 2


@pytest.fixture(scope="module")
def wrapped() -> torch.Tensor:
    return made(MORE.with_changes(image_size=96, wrap="both")).image


@pytest.mark.parametrize("axis", [X, Y])
def test_the_jump_across_the_border_is_no_larger_than_inside(wrapped, axis) -> None:
    across, inside = jumps(wrapped, axis)
    assert across <= inside


def test_without_wrapping_there_is_a_seam() -> None:
    across, inside = jumps(made(MORE.with_changes(image_size=96)).image, X)
    assert across > 1.5 * inside


def test_where_it_wraps_in_one_way_only_the_other_has_its_seam() -> None:
    image = made(MORE.with_changes(wrap="x", shape="2:1")).image
    across, inside = jumps(image, X)
    assert across <= inside
    down, within = jumps(image, Y)
    assert down > 1.5 * within


def test_nothing_repeats_inside_that_does_not_in_the_style(wrapped) -> None:
    """No peak of the autocorrelation, beyond what lies near, is more than 0.1 above the style's own."""
    own = repetition(to_tensor(strokes(96, 96)))
    assert repetition(wrapped) <= own + 0.1


def test_a_texture_laid_twice_is_found_out() -> None:
    half = torch.rand(1, 3, 64, 32, generator=torch.Generator().manual_seed(1))
    assert repetition(torch.cat([half, half], 3)) > 0.9


def test_a_render_of_content_that_wraps_has_no_seam_either() -> None:
    inputs = Inputs((Input(Role.CONTENT, 0, ring()), Input(Role.STYLE, 1, strokes(80, 80).rotate(90))))
    across = {}
    for wrap in ("none", "x"):
        recipe = StyleRecipe(image_size=128, num_iterations=12, wrap=wrap)
        image = result(painter(inputs, recipe, torch.device("cpu")).steps()).image
        border, inside = jumps(image, X)
        across[wrap] = border / inside
    assert across["x"] <= 1.15
    assert across["x"] < across["none"]
    assert image.shape[2:] == (64, 128)


def ring() -> Image.Image:
    """A picture that wraps across: a half, and that mirrored."""
    half, whole = strokes(64, 64), Image.new("RGB", (128, 64))
    whole.paste(half, (0, 0))
    whole.paste(ImageOps.mirror(half), (64, 0))
    return whole


@pytest.mark.parametrize("axis", [X, Y])
@pytest.mark.parametrize("line", [0, 3, -5])
def test_a_border_moves_to_the_calmest_line_nearby(network, axis, line) -> None:
    goal = TextureGoal((strokes(80, 80),), MORE.with_changes(wrap="both"), network)
    picture = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    picture.select(axis, line).copy_(picture.select(axis, line - 1))
    by = goal.moves(goal.rungs[1], picture)
    across, _ = jumps(picture.roll(by, (2, 3)), axis)
    assert across == 0
    assert by[axis - 2] == -line


@pytest.mark.parametrize("axis", [X, Y])
def test_above_the_preview_it_moves_where_it_is_shown_and_not_what_is_built_on(network, axis) -> None:
    goal = TextureGoal((strokes(80, 80),), MORE.with_changes(wrap="both"), network)
    picture = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(0))
    picture.select(axis, 3).copy_(picture.select(axis, 2))
    low, high = (replace(goal.rungs[1], long_side=side) for side in (256, 512))
    assert goal.moves(high, picture) == goal.shown_moved(low, picture) == (0, 0)
    across, _ = jumps(picture.roll(goal.shown_moved(high, picture), (2, 3)), axis)
    assert across == 0


def test_a_large_texture_has_no_seam_and_goes_on_from_where_it_was(tmp_path) -> None:
    recipe = MORE.with_changes(image_size=288, num_iterations=2, wrap="both")
    whole = painter_of(recipe)
    *_, last = whole.steps()
    picture, state = last.image, last.state
    for axis in (X, Y):
        across, inside = jumps(picture, axis)
        assert across <= inside
    assert not torch.equal(state.tensors["picture"], picture)
    save(state, tmp_path / "end", whole.key())
    again = result(painter_of(recipe).steps(None, load(tmp_path / "end", whole.key())))
    assert torch.equal(again.image, picture)
    assert torch.equal(again.shown(64), last.shown(64))
