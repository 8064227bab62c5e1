"""Memory that a size has freed goes back to the system only where it is much: mapped anew, its pages are zeroed."""

import pytest

from transfer.engine import canvas
from transfer.engine.ladder import Rung


@pytest.mark.parametrize(("long_side", "times"), [(128, 0), (512, 0), (724, 1)])
def test_it_goes_back_above_512_px(monkeypatch, long_side, times):
    released = []
    monkeypatch.setattr(canvas, "release_freed_memory", lambda: released.append(1))
    canvas.make_room(Rung(0, long_side, 1, 0.01))
    assert len(released) == times
