import pytest

from transfer.features.registry import BACKBONES


@pytest.fixture
def words(tmp_path, gallery_of_twelve, vgg19_file):
    return ("distill", "--teacher", vgg19_file, "--images", gallery_of_twelve, "-o", tmp_path / "lite.safetensors")


@pytest.mark.slow
def test_distill_trains_and_writes_a_network_that_loads(command, words, tmp_path):
    status, out, err = command(*words, "--steps", 2, "--batch", 2)
    assert status == 0, err
    assert "MB" in out.splitlines()[-1]
    for layer in BACKBONES["vgg19-lite"].layers:
        assert f"{layer}: " in out
    assert BACKBONES["vgg19-lite"].load(("relu3_1",), tmp_path / "lite.safetensors").sha256


@pytest.mark.parametrize("flag", ["--teacher", "--images"])
def test_a_teacher_or_a_folder_that_is_not_there_is_named(command, words, tmp_path, flag):
    status, _, err = command(*words, flag, tmp_path / "nowhere")
    assert status == 1
    assert "nowhere" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("wrong", [("--device", "toaster"), ("--batch", 0), ("--steps", -1)], ids=str)
def test_a_value_that_cannot_be_is_answered_with_a_sentence(command, words, tmp_path, wrong):
    status, _, err = command(*words, "--steps", 1, *wrong)
    assert status == 1
    assert err.startswith("error: ")
    assert not (tmp_path / "lite.safetensors").exists()
