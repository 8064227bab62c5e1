"""The same recipe gives the same pixels, heights and labels whatever the processor can do."""

import pytest

from tests.transfer.synthesis.processors import OPTIONAL, needs_optional, printed

pytestmark = pytest.mark.slow

MAKE = """
import hashlib
from transfer.synthesis.generators import GENERATORS
from transfer.pausing import finish
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
# Heights, labels and rivers. Record them again only where a recipe is meant to give another land than before.
RECORDED = [
    ["world", "18a860be43838626", "ce71f8c061a8ebd5", "6b44e50b43ceae8b"],
    ["world", "4f0b9d1ef13b22df", "e241b19c9d7420c5", "0d82cc4e2d0e014f"],
    ["island", "20da18f8e44361bf", "34767dad054789ef", "af378fd423c65e91"],
]


@needs_optional
def test_what_numpy_uses_of_the_processor_changes_nothing():
    assert printed(MAKE, *OPTIONAL) == printed(MAKE)


@needs_optional
def test_numpy_can_be_kept_from_using_it():
    code = "from numpy._core._multiarray_umath import __cpu_features__ as f; print(*(name for name in f if f[name]))"
    assert not set(OPTIONAL) & set(printed(code, *OPTIONAL).split())


def test_land_is_what_was_recorded():
    assert [line.split()[:4] for line in printed(MAKE).splitlines()] == RECORDED
