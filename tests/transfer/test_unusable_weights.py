import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from transfer.errors import WeightsError
from transfer.features.registry import BACKBONES


class Touch:
    """What a malicious file would do when somebody unpickles it."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


@pytest.fixture(params=sorted(BACKBONES))
def backbone(request):
    return BACKBONES[request.param]


@pytest.mark.parametrize("suffix", [".safetensors", ".pth", ".pt"])
@pytest.mark.parametrize("data", [b"", b"hello", b"\0" * 100, b"PK\x03\x04" + b"\0" * 40, b"\xff" * 64])
def test_a_file_of_something_else_is_refused(tmp_path, backbone, suffix, data):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    with pytest.raises(WeightsError, match="a" + suffix.replace(".", r"\.")):
        backbone.load(backbone.layers[:1], path)


@pytest.mark.parametrize("suffix", [".safetensors", ".pth"])
def test_half_a_file_is_refused(tmp_path, vgg19_state, backbone, suffix):
    path = tmp_path / f"a{suffix}"
    if suffix == ".pth":
        torch.save(vgg19_state("relu1_1"), path)
    else:
        save_file(vgg19_state("relu1_1"), path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(WeightsError):
        backbone.load(backbone.layers[:1], path)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("write", [lambda thing, path: torch.save(thing, path), None], ids=["torch", "pickle"])
def test_code_in_a_file_is_not_run(tmp_path, backbone, write):
    path, touched = tmp_path / "a.pth", tmp_path / "touched"
    if write:
        write({"features.0.weight": Touch(touched)}, path)
    else:
        path.write_bytes(pickle.dumps(Touch(touched)))
    with pytest.raises(WeightsError):
        backbone.load(backbone.layers[:1], path)
    assert not touched.exists()


@pytest.mark.parametrize("thing", [[1, 2], {"epoch": 3}, torch.zeros(3), {"state_dict": {"a": torch.zeros(1)}}])
def test_a_file_that_holds_no_tensors_by_name_is_refused(tmp_path, backbone, thing):
    torch.save(thing, tmp_path / "a.pth")
    with pytest.raises(WeightsError, match="something other than a network's weights"):
        backbone.load(backbone.layers[:1], tmp_path / "a.pth")


def test_vgg19_is_no_vgg19_lite(vgg19_file):
    with pytest.raises(WeightsError, match="does not hold the weights of vgg19-lite"):
        BACKBONES["vgg19-lite"].load(("relu1_1",), vgg19_file)


def test_vgg19_lite_is_no_vgg19():
    with pytest.raises(WeightsError, match="not a VGG-19"):
        BACKBONES["vgg19"].load(("relu1_1",), BACKBONES["vgg19-lite"].default_weights())


def test_a_missing_file_of_vgg19_names_the_command_that_fetches_it(tmp_path):
    with pytest.raises(WeightsError, match=r"nowhere\.pth: run `python -m transfer weights fetch vgg19`"):
        BACKBONES["vgg19"].load(("relu1_1",), tmp_path / "nowhere.pth")


def test_a_missing_file_of_vgg19_lite_names_the_command_that_restores_it(tmp_path):
    with pytest.raises(WeightsError, match=r"git checkout transfer/weights"):
        BACKBONES["vgg19-lite"].load(("relu1_1",), tmp_path / "nowhere.safetensors")


def test_a_folder_is_no_file_of_weights(tmp_path, backbone):
    with pytest.raises(WeightsError):
        backbone.load(backbone.layers[:1], tmp_path)
