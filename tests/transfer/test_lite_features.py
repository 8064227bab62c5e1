import hashlib

import pytest
import torch
from safetensors.torch import save_file

from transfer.errors import WeightsError
from transfer.features.network import provenance
from transfer.features.registry import BACKBONES
from transfer.features.vgg19_lite import VGG19Lite


def test_the_network_that_ships_is_small_and_knows_its_hash(network):
    path = BACKBONES["vgg19-lite"].default_weights()
    assert path.stat().st_size < 2_000_000
    assert network.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_features_have_the_strides_of_vgg19_and_heads_onto_its_channels(network):
    found = network(torch.rand(1, 3, 40, 64))
    seen = {layer: tuple(network.heads[layer](maps).shape) for layer, maps in found.items()}
    assert seen == {"relu1_1": (1, 64, 40, 64), "relu2_1": (1, 128, 20, 32), "relu3_1": (1, 256, 10, 16)}


def test_a_flat_picture_has_flat_features_up_to_its_borders(network):
    for maps in network(torch.full((1, 3, 32, 32), 0.6)).values():
        assert torch.allclose(maps, maps[..., :1, :1].expand_as(maps), atol=1e-4)


def test_different_pictures_have_different_features(network):
    one, other = (network(torch.full((1, 3, 32, 32), level))["relu3_1"] for level in (0.2, 0.8))
    assert not torch.allclose(one, other, atol=1e-2)


def test_weights_come_back_from_a_file(tmp_path):
    made = VGG19Lite()
    save_file(made.state_dict(), tmp_path / "a.safetensors")
    loaded = BACKBONES["vgg19-lite"].load(("relu1_1",), tmp_path / "a.safetensors")
    image = torch.rand(1, 3, 32, 32)
    assert torch.equal(loaded(image)["relu3_1"], made(image)["relu3_1"])


@pytest.mark.parametrize("change", ["missing", "extra", "shape"])
def test_a_file_that_is_nearly_the_network_is_refused(tmp_path, change):
    state = VGG19Lite().state_dict()
    if change == "missing":
        del state["conv2_1.bias"]
    elif change == "extra":
        state["conv9_9.bias"] = torch.zeros(3)
    else:
        state["conv2_1.bias"] = torch.zeros(63)
    save_file(state, tmp_path / "a.safetensors")
    with pytest.raises(WeightsError, match="does not hold the weights of vgg19-lite"):
        BACKBONES["vgg19-lite"].load(("relu1_1",), tmp_path / "a.safetensors")


def test_a_layer_that_it_does_not_have_is_refused():
    with pytest.raises(WeightsError, match="has no layer relu4_1"):
        BACKBONES["vgg19-lite"].load(("relu1_1", "relu4_1"))


def test_a_file_without_provenance_says_nothing_of_its_making(tmp_path):
    save_file(VGG19Lite().state_dict(), tmp_path / "a.safetensors")
    assert provenance(tmp_path / "a.safetensors") == {}


@pytest.mark.parametrize("text", ["{", "[1, 2]", "7"])
def test_provenance_that_is_no_provenance_is_refused(tmp_path, text):
    save_file(VGG19Lite().state_dict(), tmp_path / "a.safetensors", metadata={"provenance": text})
    with pytest.raises(WeightsError):
        provenance(tmp_path / "a.safetensors")
