import pytest
import torch

from tests.transfer.conftest import iterations
from transfer.dream.goal import DreamGoal
from transfer.dream.recipe import DreamRecipe
from transfer.engine.render import render
from transfer.engine.step import result
from transfer.features.registry import BACKBONES
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

BACKBONE = BACKBONES["vgg16-lite"]


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_it_paints_by_layers_with_and_without_a_head(content, style, dtype):
    recipe = StyleRecipe(backbone="vgg16-lite", image_size=64, num_iterations=6, learning_rate=0.01)
    steps = list(iterations(StyleInputs(content, (style,)), recipe, BACKBONE.load(recipe.layers).frozen(dtype)))
    assert steps[-1].image.isfinite().all()
    assert steps[-1].losses["total"] < steps[0].losses["total"]


def test_it_dreams_of_its_deepest_layer(content):
    recipe = DreamRecipe(backbone="vgg16-lite", dream_layers="relu5_1", image_size=64, first_octave="64", octave_iter=6)
    network = BACKBONE.load(recipe.layers).frozen()
    last = result(render(DreamGoal(content, None, recipe, network)))
    assert last.image.isfinite().all()
    assert last.losses["dream"] < 0.25, "which is 1/2 on the content"
