"""Whatever is killed, emptied, restarted or locked, every render is completed once, with the right pixels.

This is the short form of `make chaos`.
"""

import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = [pytest.mark.alone, pytest.mark.slow]

SHORT = {"renders": 6, "iterations": 300, "kills": 6, "leases": 0, "emptied": 1, "restarts": 1, "locked": 2}


@pytest.mark.slow
def test_renders_come_out_as_if_nothing_had_happened() -> None:
    options = [f"--{name}={value}" for name, value in SHORT.items()]
    words = [sys.executable, "-m", "benchmarks.chaos", *options]

    done = subprocess.run(words, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
