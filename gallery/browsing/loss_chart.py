"""A render's loss as the line of a small chart, on a logarithmic scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 90


@dataclass(frozen=True)
class Chart:
    """The points of an SVG polyline in a box of WIDTH × HEIGHT, and the losses at its ends."""

    points: str
    first: float
    last: float
    width: int = WIDTH
    height: int = HEIGHT


def drawn(curve: Sequence[Sequence[float]]) -> Chart | None:
    """The chart of (iteration, loss) pairs in order; None if fewer than two of them can be drawn."""
    found = [(number, loss) for number, loss in curve if loss > 0]
    if len(found) < 2 or found[0][0] == found[-1][0]:
        return None
    logs = [math.log(loss) for _, loss in found]
    low, high = min(logs), max(logs)
    start, length = found[0][0], found[-1][0] - found[0][0]
    points = " ".join(
        f"{WIDTH * (number - start) / length:.1f},{HEIGHT * (high - log) / ((high - low) or 1):.1f}"
        for (number, _), log in zip(found, logs, strict=True)
    )
    return Chart(points, found[0][1], found[-1][1])
