"""`make test`: first what may share the machine, in two processes; then what must have it alone, one after another.

Words are handed on to pytest, twice. `python -m pytest` runs all of it in one process.
"""

import subprocess
import sys

import pytest

from tests.sharing import ALONE, OPTION, TOGETHER

PARTS = ((OPTION, TOGETHER, "--numprocesses", "2", "--dist", "worksteal"), (OPTION, ALONE))


def main(words: list[str]) -> int:
    """The exit status. A part may have none of the tests that were asked for; one of them must have some."""
    found = []
    for part in PARTS:
        found.append(_run(*part, *words))
        if found[-1] not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
            return found[-1]
    return pytest.ExitCode.TESTS_FAILED if pytest.ExitCode.TESTS_FAILED in found else min(found)


def _run(*words: str) -> int:
    """The exit status of pytest, which is told of Ctrl-C itself, and ends in order."""
    process = subprocess.Popen([sys.executable, "-m", "pytest", *words])
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
