"""If a memory setting is not an amount, every command exits with one sentence."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("command", ["up", "worker", "doctor", "check"])
@pytest.mark.parametrize(("name", "value"), [("STYLESITE_MEMORY", "plenty"), ("STYLESITE_CHECKPOINTS", "9" * 400)])
def test_the_sentence_names_the_setting(
    command: str, name: str, value: str, subprocess_environment: dict[str, str]
) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", command],
        env={**subprocess_environment, name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"{name} is wrong: ")
    assert result.stderr.count("\n") == 1
