"""Pixels stay the same until the version of the algorithm changes.

The renders are in float64: another processor or number of threads makes a difference of at most 1e-9.
"""

import pytest

from tests.transfer.golden import WAYS, golden, recorded
from transfer.engine.checkpoint import VERSION

TOLERANCE = 1e-6
REMEDY = (
    "Renders have other pixels than version {} had. If that is meant, raise VERSION in transfer/engine/checkpoint.py, "
    "so that no checkpoint of old pixels is gone on from, and record the new values: python -m tests.transfer.golden"
)


@pytest.mark.parametrize("way", WAYS)
def test_a_small_render_has_the_values_that_were_recorded_of_this_version(way):
    assert str(VERSION) in recorded(), f"record version {VERSION}: python -m tests.transfer.golden"
    wanted, found = recorded()[str(VERSION)][way], golden(way)
    assert found == {name: pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE) for name, value in wanted.items()}, (
        REMEDY.format(VERSION)
    )
