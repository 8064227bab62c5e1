"""A user whose id has no name and no home, as in a container, can use the command line and the site's commands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import transfer

ROOT = Path(transfer.__file__).parents[1]
NOBODY = """
import pwd

def unknown(*words):
    raise KeyError("uid not found")

pwd.getpwuid = pwd.getpwnam = unknown
"""


@pytest.fixture
def nobodys_environment(tmp_path):
    """An environment in which Python knows no names and no home."""
    (tmp_path / "sitecustomize.py").write_text(NOBODY)
    gone = ("HOME", "USER", "LOGNAME", "LNAME", "USERNAME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return {**kept, "PYTHONPATH": str(tmp_path), "STYLESITE_DATA": str(tmp_path / "data"), "TMPDIR": str(tmp_path)}


@pytest.mark.parametrize(
    "words",
    [
        ["-m", "transfer", "weights", "show", "vgg19-lite"],
        ["-m", "transfer", "synthesize", "clouds", "--image-size", "64", "-o", "out.png"],
        ["-c", "from transfer import cache; print(cache.folder())"],
        ["manage.py", "migrate"],
    ],
    ids=["weights", "synthesize", "cache", "manage"],
)
def test_it_works(words, nobodys_environment, tmp_path):
    words = [str(tmp_path / "out.png") if word == "out.png" else word for word in words]
    result = subprocess.run([sys.executable, *words], env=nobodys_environment, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
