import pytest
import torch
from safetensors.torch import save_file

from tests.transfer.conftest import iterations
from transfer.errors import WeightsError
from transfer.features.registry import BACKBONES, VGG16_BLOCKS, VGG_CHANNELS
from transfer.features.vgg import torchvision_indices
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

VGG16 = BACKBONES["vgg16"]


@pytest.fixture(scope="module")
def file(tmp_path_factory, vgg16_state):
    """A .safetensors file of a random VGG-16 that ends at relu4_1."""
    path = tmp_path_factory.mktemp("vgg16") / "a.safetensors"
    save_file(vgg16_state("relu4_1"), path)
    return path


def test_the_indices_are_those_of_torchvisions_own_vgg16():
    from transfer.features.torchvision_import import torchvision_models

    with torch.device("meta"):
        state = torchvision_models().vgg16(weights=None).state_dict()
    indices = torchvision_indices(VGG16_BLOCKS)
    assert list(indices) == list(VGG16.layers)
    for name, index in indices.items():
        assert state[f"features.{index}.weight"].shape[0] == VGG_CHANNELS[int(name[4]) - 1]
    assert {f"features.{index}.bias" for index in indices.values()} == {
        key for key in state if key.startswith("features.") and key.endswith("bias")
    }


def test_it_has_the_channels_and_strides_that_its_stages_say(file):
    found = VGG16.load(("relu1_2", "relu3_3", "relu4_1"), file).frozen()(torch.rand(1, 3, 64, 48))
    shapes = {name: tuple(maps.shape) for name, maps in found.items()}
    assert shapes == {"relu1_2": (1, 64, 64, 48), "relu3_3": (1, 256, 16, 12), "relu4_1": (1, 512, 8, 6)}


@pytest.mark.parametrize(("backbone", "other"), [("vgg16", "vgg19"), ("vgg19", "vgg16")])
def test_it_is_told_from_the_other_vgg_by_what_only_one_of_them_has(tmp_path, request, backbone, other):
    state = request.getfixturevalue(f"{other}_state")("relu4_1")
    save_file(state, tmp_path / "other.safetensors")
    with pytest.raises(WeightsError, match=f"is not a VGG-{backbone[-2:]}"):
        BACKBONES[backbone].load(("relu1_1",), tmp_path / "other.safetensors")


def test_it_paints(file, content, style):
    layers = {"content_layers": "relu3_3", "style_layers": "relu1_1,relu3_1"}
    recipe = StyleRecipe(backbone="vgg16", image_size=64, num_iterations=8, learning_rate=0.01, **layers)
    steps = list(iterations(StyleInputs(content, (style,)), recipe, VGG16.load(recipe.layers, file).frozen()))
    assert steps[-1].image.isfinite().all()
    assert steps[-1].losses["total"] < steps[0].losses["total"]


def test_the_environment_variable_names_the_file(monkeypatch, file, tmp_path):
    monkeypatch.setenv("STYLESITE_VGG16_WEIGHTS", str(tmp_path / "nowhere.safetensors"))
    assert not VGG16.available
    with pytest.raises(WeightsError, match=r"nowhere\.safetensors: run `python -m transfer weights fetch vgg16`"):
        VGG16.load(("relu1_1",))
    monkeypatch.setenv("STYLESITE_VGG16_WEIGHTS", str(file))
    assert VGG16.available
