import json

from transfer.features.network import file_sha256
from transfer.features.registry import BACKBONES


def test_show_tells_where_the_small_network_is_and_what_its_hash_is(command):
    status, out, _ = command("weights", "show", "vgg19-lite")
    facts = json.loads(out)
    path = BACKBONES["vgg19-lite"].default_weights()
    assert status == 0
    assert facts["file"] == str(path)
    assert facts["sha256"] == file_sha256(path)
    assert facts["licence"] == BACKBONES["vgg19-lite"].licence


def test_show_names_the_command_when_there_is_nothing_to_show(command, monkeypatch, tmp_path):
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(tmp_path / "nowhere.pth"))
    status, out, err = command("weights", "show", "vgg19")
    assert (status, out) == (1, "")
    assert "python -m transfer weights fetch vgg19" in err
