import pytest
import torch
from pydantic import ValidationError
from torch.nn import functional

from transfer.errors import WeightsError
from transfer.features.registry import BACKBONES
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

LAYERS = ("relu1_1", "relu1_2", "relu2_1", "relu3_1")


@pytest.fixture(scope="module")
def load(vgg19_file):
    return lambda **way: BACKBONES["vgg19"].load(LAYERS, vgg19_file, **way).frozen()


@pytest.fixture
def image():
    return torch.rand(1, 3, 32, 48, generator=torch.Generator().manual_seed(0))


def test_maximum_and_average_differ_behind_the_first_pooling_and_not_before(load, image):
    most, mean = load(pooling="max")(image), load(pooling="avg")(image)
    for layer in LAYERS:
        assert most[layer].shape == mean[layer].shape
        assert torch.equal(most[layer], mean[layer]) == layer.startswith("relu1")


@pytest.mark.parametrize(("pooling", "pool"), [("avg", functional.avg_pool2d), ("max", functional.max_pool2d)])
def test_the_second_block_sees_the_average_or_the_maximum_of_the_first(load, image, pooling, pool):
    network = load(pooling=pooling)
    found = network(image)
    wanted = functional.relu(network.features["relu2_1"](pool(found["relu1_2"], 2)))
    assert torch.allclose(found["relu2_1"], wanted, atol=1e-5)


def test_unless_it_is_said_features_are_averaged(load, image):
    assert torch.equal(load()(image)["relu3_1"], load(pooling="avg")(image)["relu3_1"])
    assert StyleRecipe().pooling == "avg"


def test_a_render_through_maxima_is_another_picture(load, content, style):
    fields = {"backbone": "vgg19", "content_layers": "relu3_1", "style_layers": "relu1_1,relu2_1"}
    images = []
    for pooling in ("max", "avg"):
        recipe = StyleRecipe(image_size=64, num_iterations=3, pooling=pooling, **fields)
        *_, last = render(StyleInputs(content, (style,)), recipe, load(pooling=pooling))
        images.append(last.image)
    assert all(image.isfinite().all() for image in images)
    assert not torch.allclose(*images, atol=0.01)


def test_the_small_network_refuses_maxima_with_a_sentence():
    with pytest.raises(ValidationError, match=r"vgg19-lite has avg pooling only\.") as refused:
        StyleRecipe(pooling="max")
    assert refused.value.errors()[0]["loc"] == ("pooling",)
    assert StyleRecipe(backbone="vgg19", pooling="max").pooling == "max"


def test_the_weights_of_the_small_network_are_not_loaded_for_maxima():
    with pytest.raises(WeightsError, match="vgg19-lite has no max pooling"):
        BACKBONES["vgg19-lite"].load(("relu1_1",), pooling="max")


def test_the_command_line_paints_through_maxima(command, picture_files, tmp_path, vgg19_file):
    layers = ("--content-layers", "relu3_1", "--style-layers", "relu1_1,relu2_1")
    words = ("--backbone", "vgg19", "--weights", vgg19_file, *layers, "--image-size", 64, "--num-iterations", 2)
    for pooling in ("max", "avg"):
        status, _, err = command(
            "stylize", *picture_files, "-o", tmp_path / f"{pooling}.png", *words, "--pooling", pooling
        )
        assert status == 0, err
    assert (tmp_path / "max.png").read_bytes() != (tmp_path / "avg.png").read_bytes()
