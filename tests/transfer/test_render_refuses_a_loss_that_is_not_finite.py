import pytest
import torch

from transfer.errors import RenderError
from transfer.features.registry import BACKBONES
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


def spoiled(value):
    network = BACKBONES["vgg19-lite"].load(()).frozen()
    network.conv2_1.weight[0, 0, 0, 0] = value
    return network


@pytest.mark.parametrize("value", [float("nan"), float("inf")], ids=str)
@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_a_network_with_a_weight_that_is_not_finite_raises_a_render_error(content, style, style_loss, value):
    recipe = StyleRecipe(image_size=64, num_iterations=2, style_loss=style_loss)
    with pytest.raises(RenderError):
        list(render(StyleInputs(content, (style,)), recipe, spoiled(value)))


def test_weights_so_large_that_features_overflow_raise_a_render_error(content, style):
    network = BACKBONES["vgg19-lite"].load(()).frozen()
    for parameter in network.parameters():
        parameter.mul_(1e30)
    with pytest.raises(RenderError):
        list(
            render(
                StyleInputs(content, (style,)), StyleRecipe(image_size=64, num_iterations=2, style_loss="gram"), network
            )
        )


def test_the_message_says_where_it_happened_and_what_to_do(content, style):
    recipe = StyleRecipe(image_size=64, num_iterations=2, style_loss="gram")
    with pytest.raises(RenderError, match=r"iteration 1 of 64 px: lower the learning rate"):
        list(render(StyleInputs(content, (style,)), recipe, spoiled(float("nan"))))


def test_the_largest_weights_and_learning_rate_of_a_recipe_stay_finite(content, style, network):
    fields = {"content_weight": 1000, "style_weight": 1000, "tv_weight": 1000, "learning_rate": 1.0}
    steps = list(
        render(StyleInputs(content, (style,)), StyleRecipe(image_size=64, num_iterations=5, **fields), network)
    )
    assert torch.isfinite(steps[-1].image).all()
