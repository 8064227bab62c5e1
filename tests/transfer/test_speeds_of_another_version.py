"""Speeds that another version measured are read one by one, as far as possible."""

import json
from pathlib import Path

import pytest

from transfer import cache
from transfer.planning import speeds
from transfer.planning.planner import Speed

KNOWN = {"iteration": 0.02, "look": 1e-7, "paint": 5e-7}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with the speeds, in its own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = cache.folder() / "speeds.json"
    path.parent.mkdir()
    return path


def test_what_is_unknown_is_ignored(file: Path) -> None:
    file.write_text(json.dumps({"cpu": {"vgg19-lite": {**KNOWN, "watts": 95}}}))

    assert speeds.known() == {"cpu": {"vgg19-lite": Speed(**KNOWN)}}


@pytest.mark.parametrize("other", [{"look": 1e-7}, {**KNOWN, "paint": "slow"}, [1], 7, None])
def test_what_is_no_speed_hides_no_other(other: object, file: Path) -> None:
    file.write_text(json.dumps({"cpu": {"vgg19-lite": KNOWN, "other": other}}))

    assert speeds.known() == {"cpu": {"vgg19-lite": Speed(**KNOWN)}}


@pytest.mark.parametrize("text", ["", "{", "null", "[]", '"x"', '{"cpu": 7}', "\x00"])
def test_a_damaged_file_knows_nothing(text: str, file: Path) -> None:
    file.write_text(text)

    assert not any(speeds.known().values())
