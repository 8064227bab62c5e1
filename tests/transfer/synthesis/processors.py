"""Programs run as on a processor that can do less: NumPy is told to leave out what this one has."""

import os
import subprocess
import sys

import pytest
from numpy._core._multiarray_umath import __cpu_baseline__, __cpu_dispatch__, __cpu_features__

OPTIONAL = [name for name in __cpu_dispatch__ if __cpu_features__.get(name) and name not in __cpu_baseline__]
needs_optional = pytest.mark.skipif(not OPTIONAL, reason="this processor can do no more than every other")


def printed(program: str, *without: str) -> str:
    """What a program prints in a process whose NumPy leaves these features out."""
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(without)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
