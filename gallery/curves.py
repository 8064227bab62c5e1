"""A render's loss as the line of a small chart, on a logarithmic scale."""

import math
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 320, 90
MOST_POINTS = 240


@dataclass(frozen=True)
class Curve:
    """The line's points as an SVG polyline has them, in a box of WIDTH × HEIGHT, and the losses at its ends."""

    points: str
    first: float
    last: float
    width: int = WIDTH
    height: int = HEIGHT


def drawn(curve: Any) -> Curve | None:
    """The chart of a list of [step, loss]; None where fewer than two of them can be drawn."""
    found = [(float(step), float(loss)) for step, loss in curve if loss > 0]
    if len(found) < 2 or found[0][0] == found[-1][0]:
        return None
    thinned = [*found[: -1 : math.ceil(len(found) / MOST_POINTS)], found[-1]]
    logs = [math.log(loss) for _, loss in thinned]
    low, high = min(logs), max(logs)
    start, length = found[0][0], found[-1][0] - found[0][0]
    points = " ".join(
        f"{WIDTH * (step - start) / length:.1f},{HEIGHT * (high - log) / ((high - low) or 1):.1f}"
        for (step, _), log in zip(thinned, logs, strict=True)
    )
    return Curve(points, found[0][1], found[-1][1])
