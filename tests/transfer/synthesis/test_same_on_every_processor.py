"""The same recipe gives the same pixels, heights and labels whatever the processor can do."""

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

pytestmark = pytest.mark.slow

MAKE = """
import hashlib
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.made import finish
for name, values in (
    ("world", {"image_size": 256, "seed": 7, "rivers": 1.0}),
    ("world", {"image_size": 200, "seed": 3, "shape": "2:1", "wraps": True, "look": "biomes"}),
    ("island", {"image_size": 160, "seed": 1}),
):
    made = finish(GENERATORS[name].make(GENERATORS[name].recipe(**values)))
    rivers = b"".join(each.points.tobytes() + each.widths.tobytes() for each in made.rivers)
    parts = (made.height.tobytes(), made.labels.values.tobytes(), rivers, made.picture.tobytes())
    print(name, *(hashlib.sha256(part).hexdigest()[:16] for part in parts))
"""
# Heights, labels and rivers. Who changes them on purpose raises the recipe's version, and records them again.
RECORDED = [
    ["world", "b12a22fa1d237229", "e5d9d04d518f155d", "fecb79a08eb2a243"],
    ["world", "aeb0116bf87fd7fd", "2aed1eb0ec1adc44", "1a0719e4c302fdf7"],
    ["island", "20da18f8e44361bf", "34767dad054789ef", "af378fd423c65e91"],
]
CAN = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]


@pytest.mark.skipif(not CAN, reason="this processor can do no more than every other")
def test_what_numpy_uses_of_the_processor_changes_nothing(run_python, monkeypatch):
    with_all = run_python("-c", MAKE)
    assert with_all.returncode == 0, with_all.stderr
    monkeypatch.setenv("NPY_DISABLE_CPU_FEATURES", " ".join(CAN))
    with_none = run_python("-c", MAKE)
    assert with_none.returncode == 0, with_none.stderr
    assert with_none.stdout == with_all.stdout


@pytest.mark.skipif(not CAN, reason="this processor can do no more than every other")
def test_numpy_can_be_kept_from_using_it(run_python, monkeypatch):
    monkeypatch.setenv("NPY_DISABLE_CPU_FEATURES", " ".join(CAN))
    code = "from numpy._core._multiarray_umath import __cpu_features__ as f; print(*(name for name in f if f[name]))"
    left = run_python("-c", code)
    assert left.returncode == 0, left.stderr
    assert not set(CAN) & set(left.stdout.split())


def test_land_is_what_was_recorded(run_python):
    made = run_python("-c", MAKE)
    assert made.returncode == 0, made.stderr
    assert [line.split()[:4] for line in made.stdout.splitlines()] == RECORDED
