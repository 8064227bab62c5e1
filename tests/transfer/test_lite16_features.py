import hashlib

import pytest
import torch
from safetensors.torch import load_file, save_file

from transfer.errors import WeightsError
from transfer.features.network import provenance
from transfer.features.registry import BACKBONES, VGG_CHANNELS
from transfer.features.vgg16_lite import VGG16Lite

BACKBONE = BACKBONES["vgg16-lite"]


@pytest.fixture(scope="module")
def lite16():
    return BACKBONE.load(BACKBONE.layers).frozen()


def test_the_network_that_ships_is_small_and_knows_its_hash_and_its_teacher(lite16):
    path = BACKBONE.default_weights()
    together = path.stat().st_size + BACKBONES["vgg19-lite"].default_weights().stat().st_size
    assert together < 4_000_000
    assert {value.dtype for value in load_file(path).values()} == {torch.float16}
    assert lite16.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert provenance(path)["teacher_licence"].startswith("CC BY 4.0 (VGG-16")


def test_features_have_the_channels_and_the_strides_of_vgg16(lite16):
    with torch.no_grad():
        found = lite16(torch.rand(1, 3, 48, 64))
    for layer, maps in found.items():
        block = int(layer[4]) - 1
        seen = lite16.heads[layer](maps) if layer in lite16.heads else maps
        assert seen.shape == (1, VGG_CHANNELS[block], 48 >> block, 64 >> block), layer
    assert set(found) == set(BACKBONE.layers)


def test_a_flat_picture_has_flat_features_up_to_its_borders(lite16):
    with torch.no_grad():
        for maps in lite16(torch.full((1, 3, 48, 48), 0.6)).values():
            assert torch.allclose(maps, maps[..., :1, :1].expand_as(maps), atol=1e-3)


@pytest.mark.parametrize("layer", ["relu1_1", "relu2_1", "relu3_3", "relu4_1"])
def test_cut_off_after_a_layer_it_gives_the_same_features_there(lite16, layer):
    image = torch.rand(1, 3, 48, 48, generator=torch.Generator().manual_seed(0))
    short = BACKBONE.load((layer,)).frozen()
    assert sum(each.numel() for each in short.parameters()) < sum(each.numel() for each in lite16.parameters())
    with torch.no_grad():
        assert set(short(image)) == {layer}
        assert torch.allclose(short(image)[layer], lite16(image)[layer], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("change", ["missing", "extra", "shape", "another network"])
def test_a_file_that_is_nearly_the_network_is_refused(tmp_path, change):
    state = VGG16Lite(BACKBONE.layers).state_dict()
    if change == "missing":
        del state["factored.relu5_1.expand.bias"]
    elif change == "extra":
        state["conv9_9.bias"] = torch.zeros(3)
    elif change == "shape":
        state["conv1_2.bias"] = torch.zeros(63)
    else:
        state = load_file(BACKBONES["vgg19-lite"].default_weights())
    save_file(state, tmp_path / "a.safetensors")
    with pytest.raises(WeightsError, match="does not hold the weights of vgg16-lite"):
        BACKBONE.load(("relu1_1",), tmp_path / "a.safetensors")


def test_a_layer_and_a_pooling_that_it_does_not_have_are_refused():
    with pytest.raises(WeightsError, match="vgg16-lite has no layer relu5_3"):
        BACKBONE.load(("relu1_1", "relu5_3"))
    with pytest.raises(WeightsError, match="vgg16-lite has no max pooling"):
        BACKBONE.load(("relu1_1",), pooling="max")
