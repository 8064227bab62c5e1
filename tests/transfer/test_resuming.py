"""A stopped render continues from its checkpoint as if it had never stopped."""

import pytest
import torch
from PIL import Image

from tests.transfer.conftest import iterations
from transfer.engine import checkpoint
from transfer.errors import CheckpointError
from transfer.recipes.style import StyleRecipe
from transfer.style import identity
from transfer.style.inputs import StyleInputs

WAYS = {
    "adam": {},
    "lbfgs": {"optimizer": "lbfgs", "lbfgs_num_correction": 2, "num_iterations": 4},
    "original_colors": {"original_colors": True},
    "noise_and_gram": {"init": "noise", "seed": 5, "style_loss": "gram", "normalize_gradients": True},
    "masks": {"regions": "masks"},
}


@pytest.fixture
def inputs(content, style):
    """With masks whose two regions are in different places in content and style."""
    content_mask, style_mask = Image.new("L", content.size, 3), Image.new("L", style.size, 7)
    content_mask.paste(7, (0, 0, 40, 72))
    style_mask.paste(3, (0, 0, 80, 30))
    return StyleInputs(content, (style,), content_mask=content_mask, style_masks=(style_mask,))


def facts(step):
    return step.rung, step.iteration, step.number, step.fraction, step.ends_rung, step.ends_render, step.losses


@pytest.fixture
def paint(inputs, network, tmp_path):
    """The facts and pictures of all steps of a recipe; saves each step's state in a file."""

    def painted(recipe, resume=None, keep=True):
        found = []
        for step in iterations(inputs, recipe, network, resume=resume):
            if keep:
                checkpoint.save(step.state, tmp_path / f"{step.number}.safetensors", key(recipe))
            found.append((facts(step), step.image))
        return found

    def key(recipe):
        return identity.key(inputs, recipe, network.sha256)

    def load(number, recipe):
        return checkpoint.load(tmp_path / f"{number}.safetensors", key(recipe))

    painted.load = load
    return painted


def assert_same(found, wanted):
    assert [each for each, _ in found] == [each for each, _ in wanted]
    assert all(torch.equal(image, other) for (_, image), (_, other) in zip(found, wanted, strict=True))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_wherever_it_was_stopped_the_rest_is_the_same_bit_for_bit(paint, way):
    recipe = StyleRecipe(**{"image_size": 150, "num_iterations": 3} | way)
    whole = paint(recipe)
    last_of_a_rung = recipe.num_iterations
    for number in (1, last_of_a_rung, last_of_a_rung + 2):
        assert_same(paint(recipe, paint.load(number, recipe), keep=False), whole[number:])


def test_a_render_that_leaves_its_rungs_early_leaves_them_at_the_same_iterations(paint):
    recipe = StyleRecipe(image_size=140, num_iterations=24, early_stopping=0.3)
    whole = paint(recipe)
    ends = [number for number, (each, _) in enumerate(whole, 1) if each[4]]
    assert len(ends) == 2 < len(whole) < 48
    for number in (11, ends[0] - 1, ends[0], len(whole) - 1):
        assert_same(paint(recipe, paint.load(number, recipe), keep=False), whole[number:])


def test_above_the_preview_it_holds_on_to_the_same(paint):
    recipe = StyleRecipe(image_size=300, num_iterations=2)
    whole = paint(recipe)
    for number in range(len(whole) - 3, len(whole)):
        assert_same(paint(recipe, paint.load(number, recipe), keep=False), whole[number:])


def test_it_can_be_stopped_again_and_again(paint):
    recipe = StyleRecipe(image_size=150, num_iterations=3, optimizer="lbfgs")
    whole, found = paint(recipe), []
    while len(found) < len(whole):
        state = paint.load(len(found), recipe) if found else None
        found.append(paint(recipe, state)[0])
    assert_same(found, whole)


def test_a_render_that_had_ended_yields_one_step_with_its_result(paint):
    recipe = StyleRecipe(image_size=150, num_iterations=3)
    whole = paint(recipe)
    found = paint(recipe, paint.load(len(whole), recipe), keep=False)
    assert_same(found, whole[-1:])


@pytest.mark.parametrize(
    ("image_size", "way"),
    [(181, {}), (256, {}), (181, {"optimizer": "lbfgs"}), (181, {"original_colors": True})],
    ids=str,
)
def test_a_small_render_that_has_ended_is_the_beginning_of_a_larger_one(paint, image_size, way):
    small, large = (StyleRecipe(image_size=size, num_iterations=3, **way) for size in (128, image_size))
    count = len(paint(small))
    state = paint.load(count, large)
    assert_same(paint(large, state, keep=False), paint(large, keep=False)[count:])


def test_a_preview_that_has_ended_is_held_on_to_by_all_rungs_above(paint):
    small, large = (StyleRecipe(image_size=size, num_iterations=1) for size in (256, 400))
    count = len(paint(small))
    assert_same(paint(large, paint.load(count, large), keep=False), paint(large, keep=False)[count:])


@pytest.mark.parametrize("number", [4, 6])
def test_a_state_between_the_rungs_of_another_size_is_refused_with_a_sentence(paint, number):
    recipe = StyleRecipe(image_size=150, num_iterations=3)
    paint(recipe)
    other = recipe.model_copy(update={"image_size": 181})
    with pytest.raises(CheckpointError, match=r"^The checkpoint stands at 150 px, where this render does not pass\.$"):
        paint(other, paint.load(number, other))
