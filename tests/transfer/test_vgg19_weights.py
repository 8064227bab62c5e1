import hashlib

import pytest
import torch
from safetensors.torch import load_file, save_file

from transfer.errors import WeightsError
from transfer.features.registry import BACKBONES, VGG19_BLOCKS, VGG_CHANNELS, vgg_layers
from transfer.features.vgg import torchvision_indices

UP_TO_RELU2_1 = ("relu1_1", "relu2_1")


def load(path, layers=UP_TO_RELU2_1):
    return BACKBONES["vgg19"].load(layers, path)


@pytest.fixture(params=[".safetensors", ".pth"])
def file(request, tmp_path, vgg19_state):
    path = tmp_path / f"vgg19{request.param}"
    state = vgg19_state("relu2_1")
    if request.param == ".pth":
        torch.save(state, path)
    else:
        save_file(state, path)
    return path


def test_weights_under_torchvisions_keys_are_loaded(file, vgg19_state):
    network, state = load(file), vgg19_state("relu2_1")
    for name, convolution in network.features.items():
        index = torchvision_indices(VGG19_BLOCKS)[name]
        assert torch.equal(convolution.weight, state[f"features.{index}.weight"])
        assert torch.equal(convolution.bias, state[f"features.{index}.bias"])


def test_the_hash_of_the_file_goes_with_the_network(file):
    assert load(file).sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_both_kinds_of_file_give_the_same_features(tmp_path, vgg19_state):
    save_file(vgg19_state("relu2_1"), tmp_path / "a.safetensors")
    torch.save(vgg19_state("relu2_1"), tmp_path / "a.pth")
    image = torch.rand(1, 3, 32, 32)
    one, other = (load(tmp_path / f"a.{kind}")(image) for kind in ("safetensors", "pth"))
    assert set(one) == set(UP_TO_RELU2_1)
    assert all(torch.equal(one[layer], other[layer]) for layer in one)


def test_weights_of_half_precision_are_widened(tmp_path, vgg19_state):
    save_file({name: value.half() for name, value in vgg19_state("relu1_1").items()}, tmp_path / "a.safetensors")
    assert load(tmp_path / "a.safetensors", ("relu1_1",)).features["relu1_1"].weight.dtype == torch.float32


def test_keys_that_are_not_needed_do_no_harm(tmp_path, vgg19_state):
    save_file(vgg19_state("relu2_1") | {"classifier.0.weight": torch.zeros(3)}, tmp_path / "a.safetensors")
    assert len(load(tmp_path / "a.safetensors", ("relu1_1",)).features) == 1


def test_the_first_digits_of_the_hash_in_the_name_are_accepted_when_right(file, named_with_hash):
    assert load(named_with_hash(file)).sha256


def test_the_first_digits_of_the_hash_in_the_name_are_refused_when_wrong(file):
    wrong = file.rename(file.with_name(f"vgg19-00000000{file.suffix}"))
    with pytest.raises(WeightsError, match=r"is damaged.*its name says 00000000"):
        load(wrong)


def test_one_changed_byte_is_noticed_by_the_name(file, named_with_hash):
    path = named_with_hash(file)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(WeightsError, match="is damaged"):
        load(path)


def test_a_file_that_ends_before_the_deepest_layer_is_refused_by_that_layer(file):
    with pytest.raises(WeightsError, match=r"holds no features\.7\.weight: it ends before relu2_2"):
        load(file, ("relu3_1",))


def test_a_network_of_another_shape_is_refused(tmp_path, vgg19_state):
    state = vgg19_state("relu2_1") | {"features.0.weight": torch.zeros(96, 3, 11, 11)}
    save_file(state, tmp_path / "a.safetensors")
    with pytest.raises(WeightsError, match=r"is not a VGG-19: features\.0\.weight is \(96, 3, 11, 11\)"):
        load(tmp_path / "a.safetensors")


def test_the_indices_are_those_of_torchvisions_own_vgg19():
    from transfer.features.torchvision_import import torchvision_models

    with torch.device("meta"):
        state = torchvision_models().vgg19(weights=None).state_dict()
    indices = torchvision_indices(VGG19_BLOCKS)
    assert list(indices) == list(vgg_layers(VGG19_BLOCKS))
    for name, index in indices.items():
        assert state[f"features.{index}.weight"].shape[0] == VGG_CHANNELS[int(name[4]) - 1]
    assert {f"features.{index}.bias" for index in indices.values()} == {
        key for key in state if key.startswith("features.") and key.endswith("bias")
    }


def test_a_file_of_safetensors_is_left_as_it_was(file):
    before = file.read_bytes()
    load(file)
    assert file.read_bytes() == before
    if file.suffix == ".safetensors":
        assert load_file(file)
