import shutil

import pytest

from transfer.errors import WeightsError
from transfer.features.registry import BACKBONES, VGG19_FILE

VGG19 = BACKBONES["vgg19"]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    monkeypatch.delenv("STYLESITE_VGG19_WEIGHTS", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_the_environment_variable_names_the_file(monkeypatch, vgg19_file):
    assert not VGG19.available
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(vgg19_file))
    assert VGG19.available
    assert VGG19.default_weights() == vgg19_file
    assert len(VGG19.load(("relu2_1",)).features) == 3


def test_a_tilde_in_the_environment_variable_is_the_home_folder(monkeypatch, tmp_path, vgg19_file):
    shutil.copy(vgg19_file, tmp_path / "mine.safetensors")
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", "~/mine.safetensors")
    assert VGG19.default_weights() == tmp_path / "mine.safetensors"
    assert VGG19.available


def test_an_environment_variable_that_names_nothing_is_an_error_that_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(tmp_path / "nowhere.pth"))
    assert not VGG19.available
    with pytest.raises(WeightsError, match=r"nowhere\.pth"):
        VGG19.load(("relu1_1",))


def test_an_empty_environment_variable_counts_as_none(monkeypatch, tmp_path):
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", "")
    assert VGG19.default_weights() == tmp_path / ".cache" / "stylesite" / VGG19_FILE


def test_without_it_the_file_is_in_the_cache(monkeypatch, tmp_path):
    assert VGG19.default_weights() == tmp_path / ".cache" / "stylesite" / VGG19_FILE
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    assert VGG19.default_weights() == tmp_path / "elsewhere" / "stylesite" / VGG19_FILE


def test_a_file_named_in_the_call_goes_before_the_environment(monkeypatch, tmp_path, vgg19_file):
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(tmp_path / "nowhere.pth"))
    assert VGG19.load(("relu1_1",), vgg19_file).sha256


def test_the_small_network_is_always_there():
    assert BACKBONES["vgg19-lite"].available


@pytest.mark.parametrize("name", BACKBONES)
def test_every_backbone_says_its_licence_source_and_remedy(name):
    backbone = BACKBONES[name]
    assert backbone.name == name
    assert all((backbone.licence, backbone.source, backbone.title))
    assert "`" in backbone.remedy
