import pytest
import torch

from tests.transfer.conftest import iterations
from transfer.engine.ladder import rungs
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

LARGE = 256
WAYS = [
    {},
    {"original_colors": True},
    {"init": "noise", "seed": 3},
    {"style_loss": "gram"},
    {"style_scale": 0.7, "tv_weight": 0, "content_layers": "relu2_1"},
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: ",".join(way) or "defaults")
def test_every_rung_of_a_smaller_render_equals_bit_for_bit_that_rung_of_a_larger_one(content, style, network, way):
    large = StyleRecipe(image_size=LARGE, num_iterations=3, **way)
    below = rungs(large)[-2].long_side
    small = large.model_copy(update={"image_size": below})
    small_steps, large_steps = (
        [(step, step.image) for step in iterations(StyleInputs(content, (style,)), recipe, network)]
        for recipe in (small, large)
    )
    assert len(small_steps) < len(large_steps)
    assert small_steps[-1][0].ends_render
    for (preview, small_image), (step, large_image) in zip(small_steps, large_steps, strict=False):
        assert preview.rung == step.rung
        assert preview.losses == step.losses
        assert torch.equal(small_image, large_image)


def test_a_size_between_rungs_shares_all_rungs_below_it(content, style, network):
    between = StyleRecipe(image_size=150, num_iterations=3)
    above = between.model_copy(update={"image_size": 181})
    first, second = (
        [step.image for step in iterations(StyleInputs(content, (style,)), recipe, network) if step.ends_rung]
        for recipe in (between, above)
    )
    assert torch.equal(first[0], second[0])
    assert max(first[1].shape) == 150
    assert max(second[1].shape) == 181


def test_the_same_render_twice_is_the_same_bit_for_bit(content, style, network):
    recipe = StyleRecipe(image_size=150, num_iterations=3)
    first, second = (list(iterations(StyleInputs(content, (style,)), recipe, network))[-1].image for _ in range(2))
    assert torch.equal(first, second)


def test_a_step_whose_render_has_gone_on_has_nothing_but_the_last_of_a_rung_keeps_its_picture(content, style, network):
    recipe = StyleRecipe(image_size=150, num_iterations=3)
    steps, images = [], []
    for step in iterations(StyleInputs(content, (style,)), recipe, network):
        steps.append(step)
        images.append(step.image)
    for step, image in zip(steps, images, strict=True):
        if step.ends_rung:
            assert torch.equal(step.image, image)
            assert torch.equal(step.shown(4096), image)
            continue
        for ask in (lambda step=step: step.image, lambda step=step: step.shown(64)):
            with pytest.raises(RuntimeError, match="gone on"):
                ask()
    assert [step.state is None for step in steps] == [True] * (len(steps) - 1) + [False]


def test_what_a_step_showed_stays_while_the_render_goes_on(content, style, network):
    kept, copies = [], []
    for step in iterations(StyleInputs(content, (style,)), StyleRecipe(image_size=150, num_iterations=3), network):
        kept.append(step.image)
        copies.append(step.image.clone())
    assert all(torch.equal(image, copy) for image, copy in zip(kept, copies, strict=True))
