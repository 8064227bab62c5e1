"""`make test`: first, in two processes, tests that may share the machine; then, one by one, those that need it alone.

Arguments go to pytest, both times. `python -m pytest` runs everything in one process.
"""

import subprocess
import sys

import pytest

from tests.sharing import ALONE, OPTION, TOGETHER

PARTS = ((OPTION, TOGETHER, "--numprocesses", "2", "--dist", "worksteal"), (OPTION, ALONE))


def main(words: list[str]) -> int:
    """Returns the exit status. One of the two parts may have no matching test, but not both."""
    found = []
    for part in PARTS:
        found.append(_run(*part, *words))
        if found[-1] not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
            return found[-1]
    return pytest.ExitCode.TESTS_FAILED if pytest.ExitCode.TESTS_FAILED in found else min(found)


def _run(*words: str) -> int:
    """Returns pytest's exit status. Pytest gets Ctrl-C itself and shuts down in order."""
    process = subprocess.Popen([sys.executable, "-m", "pytest", *words])
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
