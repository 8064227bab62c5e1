"""`make` makes .venv anew where its Python has moved, gone away or is no program for this machine."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# It stands for the Python that makes an environment, and for the one in it.
PYTHON = """#!/bin/sh
case "$*" in
  *install.py*) echo installing; mkdir -p .venv/bin; cp --remove-destination "$0" .venv/bin/python;;
  *"import pip"*) echo runs;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with spaces in its path, whose environment is there."""
    folder = tmp_path / "my project"
    (folder / "stylesite").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("install.py", "requirements.txt"):
        shutil.copy(ROOT / "stylesite" / name, folder / "stylesite")
    return folder


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A Python that only says what it is asked for."""
    path = tmp_path / "python"
    path.write_text(PYTHON)
    path.chmod(0o755)
    return path


def install(project: Path, python: Path) -> str:
    words = ["make", "install", f"PYTHON={python}"]
    return subprocess.run(words, cwd=project, capture_output=True, text=True, check=True).stdout


def test_it_is_made_once(project: Path, python: Path) -> None:
    assert "installing" in install(project, python)
    assert "installing" not in install(project, python)


@pytest.mark.parametrize("left", ["a link to nothing", "another machine's", "nothing"])
def test_it_is_made_anew(left: str, project: Path, python: Path) -> None:
    install(project, python)
    inside = project / ".venv" / "bin" / "python"
    inside.unlink()
    if left == "a link to nothing":
        inside.symlink_to("/nowhere/python3")
    elif left == "another machine's":
        inside.write_bytes(b"\x7fELF of another machine")
        inside.chmod(0o755)

    assert "installing" in install(project, python)
    assert "installing" not in install(project, python)


def test_the_installer_survives_what_is_there(tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"\x7fELF of another machine")
    program.chmod(0o755)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import install; "
        "print(install.run([install.os.path.join('.venv', 'bin', 'python'), '-c', 'import pip'], quiet=True))"
    )
    words = [sys.executable, "-c", code, str(ROOT / "stylesite")]
    assert subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip() == "127"
