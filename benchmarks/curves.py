"""Curves as an SVG that reads well on light and on dark pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

Point = tuple[float, float]
Span = tuple[float, float]
Placing = Callable[[Point], Point]  # of values, in px

WIDTH, HEIGHT = 400, 300  # px of a panel
LEFT, RIGHT, TOP, BOTTOM = 62, 112, 40, 44  # px around its plot
LINE_OF_TEXT = 13  # px
STEPS = 4
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600 }
.faint { fill: #667 }
.grid { stroke: #8884; stroke-width: 1 }
.other { stroke: #a50; stroke-width: 1; stroke-dasharray: 4 3 }
.mark { fill: #a50 }
.ours { stroke: #06c; stroke-width: 2; fill: none }
.point { fill: #06c }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .faint { fill: #aab } .other { stroke: #fa5 } .mark { fill: #fa5 }
  .ours { stroke: #6bf } .point { fill: #6bf }
}
"""


@dataclass(frozen=True)
class Panel:
    """One plot: our `curve`, whose points have `labels`, beside `levels` (horizontal lines) and `marks` of others."""

    title: str
    across: str
    up: str
    x: Span
    y: Span
    curve: Sequence[Point]
    labels: Sequence[str] = ()
    levels: Mapping[str, float] = field(default_factory=dict)
    marks: Mapping[str, Point] = field(default_factory=dict)


def svg(panels: Sequence[Panel]) -> str:
    """The panels side by side."""
    width = WIDTH * len(panels)
    parts = "".join(
        f'<g transform="translate({WIDTH * number},0)">{"".join(_drawn(panel))}</g>'
        for number, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}">'
        f"<style>{STYLE}</style>{parts}</svg>\n"
    )


def _drawn(panel: Panel) -> Iterable[str]:
    def place(point: Point) -> Point:
        shares = ((value - low) / (high - low) for value, (low, high) in zip(point, (panel.x, panel.y), strict=True))
        across, up = shares
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    yield _text((LEFT, 18), panel.title, "title")
    yield from _axes(panel)
    for (name, level), height in zip(panel.levels.items(), _spread(panel, place), strict=True):
        x, y = place((panel.x[0], level))
        yield f'<path class="other" d="M{x:.1f} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield _text((WIDTH - RIGHT + 6, height + 4), f"{name} {level:.3f}", "faint")
    for name, point in panel.marks.items():
        x, y = place(point)
        yield f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        yield _text((x + 8, y + 4), name, "faint")
    placed = [place(point) for point in panel.curve]
    yield f'<polyline class="ours" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in placed)}"/>'
    for (x, y), label in zip(placed, panel.labels or [""] * len(placed), strict=True):
        yield f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
        yield _text((x + 6, y - 7), label)


def _axes(panel: Panel) -> Iterable[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for step in range(STEPS + 1):
        share = step / STEPS
        y = bottom - share * (bottom - TOP)
        x = LEFT + share * (right - LEFT)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>'
        yield _text((LEFT - 6, y + 4), f"{_at(panel.y, share):.3g}", "faint", "end")
        yield _text((x, bottom + 16), f"{_at(panel.x, share):.3g}", "faint", "middle")
    yield _text(((LEFT + right) / 2, bottom + 34), panel.across, "faint", "middle")
    upwards = _text((0, 0), panel.up, "faint", "middle")
    yield f'<g transform="translate(13,{(TOP + bottom) / 2:.1f}) rotate(-90)">{upwards}</g>'


def _spread(panel: Panel, place: Placing) -> list[float]:
    """Heights for the names of levels, in their order, such that none is written over another."""
    heights = [place((panel.x[0], level))[1] for level in panel.levels.values()]
    order = sorted(range(len(heights)), key=heights.__getitem__)
    for _ in range(len(order) * STEPS):
        for upper, lower in pairwise(order):
            overlap = LINE_OF_TEXT - (heights[lower] - heights[upper])
            if overlap > 0:
                heights[upper] -= overlap / 2
                heights[lower] += overlap / 2
    return heights


def _at(span: Span, share: float) -> float:
    return span[0] + share * (span[1] - span[0])


def _text(at: Point, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text class="{kind}" text-anchor="{anchor}" x="{at[0]:.1f}" y="{at[1]:.1f}">{escape(text)}</text>'
