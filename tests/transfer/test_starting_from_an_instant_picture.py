"""A render may start from the instant picture of its own recipe."""

import pytest
import torch
from PIL import Image, ImageChops

from tests.transfer.instant import CPU, apart, inputs_of, painted
from transfer.engine.keeper import Folder, Keeper
from transfer.engine.step import Step
from transfer.images import scaled
from transfer.kinds import kind_of
from transfer.recipes.style import StyleRecipe

STILL = {"num_iterations": 1, "learning_rate": 0.0001}  # hardly moves what it starts from


def started(inputs, **fields):
    """The painter that a render with these fields has."""
    recipe = StyleRecipe(**{"image_size": 64, "init": "instant"} | fields)
    return kind_of(recipe).painter_of(inputs, recipe, CPU)


def ends(made, **options):
    """The images at the end of each rung."""
    return [step.image for step in made.steps(**options) if isinstance(step, Step) and step.ends_rung]


def smooth(image):
    """Without grain, which is added to every start."""
    return torch.nn.functional.avg_pool2d(image, 8)


def halves(picture):
    mask = Image.new("L", picture.size, 0)
    mask.paste(1, (0, 0, picture.width // 2, picture.height))
    return mask


def test_it_is_where_the_render_starts(content, style):
    (found,) = ends(started(inputs_of(content, style), **STILL))
    wanted = painted(content, style, image_size=64)
    assert apart(smooth(found), smooth(wanted)) < 0.01
    assert apart(smooth(found), smooth(scaled(content, (64, 48)))) > 0.05


def test_strength_scale_and_colours_count_as_they_do_in_instant_pictures(content, style):
    for fields in ({"strength": 0.1}, {"style_scale": 0.5}, {"match_colors": True}, {"regions": "automatic"}):
        (found,) = ends(started(inputs_of(content, style), **STILL, **fields))
        assert apart(smooth(found), smooth(painted(content, style, image_size=64, **fields))) < 0.01


def test_several_styles_and_regions_count(content, style):
    other = ImageChops.invert(style)
    fields = {"style_blend_weights": (1.0, 3.0), "regions": "masks"}
    masks = [halves(each) for each in (content, style, other)]
    (found,) = ends(started(inputs_of(content, style, other, masks=masks), **STILL, **fields))
    wanted = painted(content, style, other, masks=masks, image_size=64, **fields)
    assert apart(smooth(found), smooth(wanted)) < 0.01


def test_grey_pictures_stay_grey(content, style):
    grey = [each.convert("L").convert("RGB") for each in (content, style)]
    (found,) = ends(started(inputs_of(*grey), num_iterations=2))
    assert float((found.amax(1) - found.amin(1)).max()) < 1e-3


def test_a_small_render_is_what_a_larger_one_begins_with(draw_content, draw_style):
    inputs = inputs_of(draw_content(181, 136), draw_style(96, 96))
    small, large = (ends(started(inputs, image_size=size, num_iterations=2)) for size in (128, 181))
    assert torch.equal(small[0], large[0])


def test_it_goes_on_from_what_was_kept(content, style, tmp_path):
    made = started(inputs_of(content, style), num_iterations=4)
    keeper = Keeper(Folder(tmp_path), made.key())
    for step in made.steps():
        if step.number == 2:
            assert keeper.keep_now(step)
            break
    assert torch.equal(ends(made, resume=keeper.best(made.rungs))[-1], ends(made)[-1])


def test_its_key_is_its_own(content, style):
    def key(**fields):
        return started(inputs_of(content, style), **fields).key()

    assert key(image_size=64) == key(image_size=256)
    assert len({key(), key(init="content"), key(strength=0.4)}) == 3


def test_a_decoder_that_is_missing_is_named_before_anything_is_painted(content, style, tmp_path, monkeypatch):
    from transfer.errors import WeightsError

    monkeypatch.setattr("transfer.instant.decoders.FILE", tmp_path / "nothing.safetensors")
    with pytest.raises(WeightsError, match="restore them with"):
        started(inputs_of(content, style))
