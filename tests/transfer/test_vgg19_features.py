import pytest
import torch

from tests.transfer.conftest import iterations
from transfer.features import vgg19
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

LAYERS = ("relu1_1", "relu2_1", "relu3_1")


@pytest.fixture(scope="module")
def vgg(vgg19_file):
    return vgg19.load(vgg19_file, LAYERS).frozen()


def test_features_have_the_channels_and_strides_of_vgg19(vgg):
    found = vgg(torch.rand(2, 3, 40, 64))
    assert {name: tuple(maps.shape) for name, maps in found.items()} == {
        "relu1_1": (2, 64, 40, 64),
        "relu2_1": (2, 128, 20, 32),
        "relu3_1": (2, 256, 10, 16),
    }


def test_only_the_layers_asked_for_come_and_nothing_is_computed_beyond_the_deepest(vgg19_file):
    network = vgg19.load(vgg19_file, ("relu1_2",))
    assert set(network(torch.rand(1, 3, 32, 32))) == {"relu1_2"}
    assert list(network.features) == ["relu1_1", "relu1_2"]


def test_a_layer_is_the_same_however_deep_the_network_goes(vgg, vgg19_file):
    image = torch.rand(1, 3, 32, 32)
    shallow = vgg19.load(vgg19_file, ("relu1_1",)).frozen()
    assert torch.allclose(shallow(image)["relu1_1"], vgg(image)["relu1_1"], atol=1e-5)


def test_features_are_never_negative(vgg):
    assert all(maps.min() >= 0 for maps in vgg(torch.rand(1, 3, 32, 32)).values())


def test_a_flat_picture_has_flat_features_up_to_its_borders(vgg):
    for maps in vgg(torch.full((1, 3, 32, 32), 0.6)).values():
        assert torch.allclose(maps, maps[..., :1, :1].expand_as(maps), atol=1e-4)


def test_the_gradient_reaches_the_picture_and_not_the_weights(vgg):
    image = torch.rand(1, 3, 32, 32, requires_grad=True)
    vgg(image)["relu3_1"].sum().backward()
    assert image.grad.abs().max() > 0
    assert all(parameter.grad is None for parameter in vgg.parameters())


def test_pictures_of_a_batch_do_not_see_each_other(vgg):
    pair = torch.rand(2, 3, 32, 32)
    together, alone = vgg(pair)["relu3_1"][:1], vgg(pair[:1])["relu3_1"]
    assert torch.allclose(together, alone, atol=1e-4)


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_vgg19_renders_too(content, style, vgg, style_loss):
    recipe = StyleRecipe(
        backbone="vgg19",
        content_layers="relu3_1",
        style_layers=LAYERS,
        style_loss=style_loss,
        image_size=64,
        num_iterations=8,
        learning_rate=0.01,
    )
    steps = list(iterations(StyleInputs(content, (style,)), recipe, vgg))
    assert steps[-1].image.shape == (1, 3, 48, 64)
    assert steps[-1].image.isfinite().all()
    assert steps[-1].losses["total"] < steps[0].losses["total"]
