"""Strokes of a bristle brush, many at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import Field as Levels
from transfer.synthesis.fields.overlaid import boxes, turns

Whole = NDArray[numpy.int64]
Brush = tuple[Levels, Levels, Levels]
AT_ONCE = 1 << 16  # pixels around strokes, about: few enough that they stay in the processor's cache


class Stroke(NamedTuple):
    """A stroke on the pixels of a box, and where in it: its middle `x`, `y` in pixels, the direction `right`, `down`,
    one over half its length and width, and how much it bends. `lively` is how much it stands out; its two paints are
    places in a table of colours, and how bright they are."""

    left: int
    top: int
    columns: int
    rows: int
    brush: int
    x: float
    y: float
    right: float
    down: float
    by_length: float
    by_width: float
    bend: float
    lively: float
    first: int
    first_light: float
    second: int
    second_light: float


class Painting:
    """Puts strokes onto a canvas (H, W, 3) and its relief (H, W), with brushes that are all of one size: how much paint
    covers, how high it stands, and how the second colour is mixed in."""

    def __init__(self, canvas: Levels, relief: Levels, table: Levels, brushes: Sequence[Brush]) -> None:
        self.canvas, self.relief, self.table = canvas.reshape(-1, 3), relief.reshape(-1), table
        self.across = canvas.shape[1]
        self.size = brushes[0][0].shape
        self.cover, self.high, self.mixing = (
            numpy.concatenate([each.ravel() for each in kind]) for kind in zip(*brushes, strict=True)
        )
        self._wet: list[Stroke] = []
        self._pixels = 0

    def takes(self, stroke: Stroke) -> bool:
        """Takes a stroke; whether it put down those that wait."""
        self._wet.append(stroke)
        self._pixels += stroke.columns * stroke.rows
        if self._pixels < AT_ONCE:
            return False
        self.dries()
        return True

    def dries(self) -> None:
        """Puts down all strokes that wait."""
        if self._wet:
            self._put(numpy.array(self._wet, numpy.float64).T)
        self._wet, self._pixels = [], 0

    def _put(self, told: NDArray[numpy.float64]) -> None:
        left, top, columns, rows, brush = told[:5].astype(numpy.int64)
        x, y, right, down, by_length, by_width, bend = told[5:12].astype(numpy.float32)
        count = columns * rows
        column, row = boxes(left, top, columns, rows)
        dx = column.astype(numpy.float32) - numpy.repeat(x, count)
        dy = row.astype(numpy.float32) - numpy.repeat(y, count)
        right, down = numpy.repeat(right, count), numpy.repeat(down, count)
        u = (dx * right + dy * down) * numpy.repeat(by_length, count)
        v = (dy * right - dx * down) * numpy.repeat(by_width, count)
        v -= numpy.repeat(bend, count) * (u * u - numpy.float32(0.3))
        inside = numpy.flatnonzero((numpy.abs(u) < 1) & (numpy.abs(v) < 1))
        stroke = numpy.repeat(numpy.arange(len(count)), count)[inside]
        u, v = u[inside], v[inside]
        deep, long = self.size
        along = ((u + 1) * numpy.float32(long / 2)).astype(numpy.int32)
        across = ((v + 1) * numpy.float32(deep / 2)).astype(numpy.int32)
        mark = numpy.minimum(across, deep - 1) * long + numpy.minimum(along, long - 1) + brush[stroke] * (deep * long)
        paint, height = self._mixed(told[12:], stroke, mark)
        self._laid(row[inside].astype(numpy.int64) * self.across + column[inside], self.cover[mark], paint, height)

    def _mixed(self, told: NDArray[numpy.float64], stroke: Whole, mark: Whole) -> tuple[Levels, Levels]:
        """The colours (N, 3) and the height (N,) of the paint."""
        lively = (0.2 + 0.8 * told[0]).astype(numpy.float32)
        first, second = (
            self.table[told[place].astype(numpy.int64)] * told[place + 1].astype(numpy.float32)[:, None]
            for place in (1, 3)
        )
        mix = numpy.clip(numpy.float32(0.3) + self.mixing[mark], 0, 1)[:, None]
        height = numpy.float32(0.55) + lively[stroke] * (self.high[mark] - numpy.float32(0.55))
        light = numpy.float32(0.84) + numpy.float32(0.26) * height[:, None]
        return (first[stroke] + mix * (second - first)[stroke]) * light, height

    def _laid(self, place: Whole, cover: Levels, paint: Levels, height: Levels) -> None:
        for turn in turns(place):
            here, alpha = place[turn], cover[turn]
            under, thick = self.canvas[here], self.relief[here]
            self.canvas[here] = under + alpha[:, None] * (paint[turn] - under)
            self.relief[here] = thick + alpha * (height[turn] + numpy.float32(0.12) - numpy.float32(0.75) * thick)
