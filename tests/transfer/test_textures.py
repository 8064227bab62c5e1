"""A texture looks like its styles, starts from nothing but their colours, and is the same each time."""

import pytest
import torch
from PIL import Image

from tests.transfer.conftest import scenery, strokes
from tests.transfer.textures import QUICK, made, painter_of
from transfer.engine.checkpoint import load, save
from transfer.engine.step import Step, result
from transfer.errors import PictureError
from transfer.images import to_tensor
from transfer.texture import planner


def colours(image: torch.Tensor) -> torch.Tensor:
    """Mean and deviation of each colour."""
    return torch.cat([image.mean((0, 2, 3)), image.std((0, 2, 3))])


def test_it_takes_the_colours_of_its_style() -> None:
    one, other = strokes(80, 80), scenery(80, 80)
    found = colours(made(QUICK, one).image)
    assert (found - colours(to_tensor(one))).norm() < 0.3 * (found - colours(to_tensor(other))).norm()


def test_the_style_term_starts_at_about_one_and_falls() -> None:
    steps = [step for step in painter_of(QUICK).steps() if isinstance(step, Step)]
    assert steps[0].losses["style"] == pytest.approx(1, abs=0.7)
    assert steps[-1].losses["style"] < 0.4 * steps[0].losses["style"]


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    one, again, other = (made(QUICK.with_changes(seed=seed)).image for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert (one - other).abs().mean() > 0.05


def test_a_small_texture_is_a_stage_of_a_large_one() -> None:
    ends = [step.image for step in painter_of(QUICK.with_changes(image_size=96)).steps() if _ends_rung(step)]
    assert any(torch.equal(end, made(QUICK).image) for end in ends)


def _ends_rung(step: object) -> bool:
    return isinstance(step, Step) and step.ends_rung


def test_several_styles_are_blended_by_their_weights() -> None:
    red, blue = Image.new("RGB", (64, 64), (220, 30, 30)), Image.new("RGB", (64, 64), (30, 30, 220))
    reds = []
    for weights in ((3, 1), (1, 3)):
        colour = made(QUICK.with_changes(style_blend_weights=weights), red, blue).image.mean((0, 2, 3))
        reds.append(float(colour[0] / (colour[0] + colour[2])))
    assert reds == pytest.approx([172.5 / 250, 77.5 / 250], abs=0.05)


@pytest.mark.parametrize("colour", ["red", "white"])
def test_of_one_colour_comes_that_colour(colour: str) -> None:
    style = Image.new("RGB", (80, 60), colour)
    image = made(QUICK, style).image
    assert (image - to_tensor(style).mean((2, 3), keepdim=True)).abs().mean() < 0.1


def test_out_of_greys_comes_a_grey_one() -> None:
    image = made(QUICK, strokes(80, 80).convert("L").convert("RGB")).image
    assert float((image - image.mean(1, keepdim=True)).abs().max()) < 1e-5


@pytest.mark.parametrize("wrap", ["none", "both"])
def test_it_goes_on_from_any_step_to_the_same_pixels(tmp_path, wrap) -> None:
    recipe, kept = QUICK.with_changes(num_iterations=4, wrap=wrap), []
    whole = painter_of(recipe)
    for step in whole.steps():
        assert isinstance(step, Step)
        save(step.state, tmp_path / f"{step.number}", whole.key())
        kept.append(tmp_path / f"{step.number}")
    for path in (kept[1], kept[-2]):
        again = painter_of(recipe)
        assert torch.equal(result(again.steps(None, load(path, again.key()))).image, step.image)


def test_its_key_is_another_for_other_pixels_only() -> None:
    keys = {painter_of(QUICK.with_changes(**changes)).key() for changes in ({}, {"wrap": "x"}, {"seed": 1})}
    assert len(keys) == 3
    assert painter_of(QUICK.with_changes(image_size=128, height_map=True)).key() in keys
    assert painter_of(QUICK, scenery(80, 80)).key() not in keys


def test_smaller_tiles_change_hardly_anything() -> None:
    recipe = QUICK.with_changes(image_size=96, num_iterations=3, wrap="both")
    whole = made(recipe)
    painter = painter_of(recipe)
    tiled = result(painter.steps(planner.least_memory(recipe, {}, painter.width)))
    assert (tiled.image - whole.image).abs().max() < 0.02


def test_too_few_styles_and_too_many_weights_are_refused_in_a_sentence() -> None:
    with pytest.raises(PictureError, match="There are 2 style_blend_weights for 1 styles"):
        painter_of(QUICK.with_changes(style_blend_weights=(1, 2)))
