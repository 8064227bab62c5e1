"""Signs of a map drawn by pen: mountains, hills, trees, dunes, ice, grass and towns, a few of each kind.

A sign is drawn once, large, in a square whose side is 1, and made smaller; a map puts it down many times.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy
from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]
VARIANTS = 7
FINER = 4  # times that a sign is larger while it is drawn


@dataclass(frozen=True)
class Sign:
    """`inks` has black ink in its first band, red in its second; `mask` is where it covers what is behind.

    Both are squares. Its foot is in the middle of the lower edge.
    """

    inks: Image.Image
    mask: Image.Image


class Pen:
    """Draws in a square of side 1 on two masks and beside them on a third for red ink."""

    def __init__(self, pixels: int, chance: random.Random, line: float) -> None:
        self.pixels, self.chance, self.line = pixels, chance, line
        self.ink, self.hides, self.red = (Image.new("L", (pixels, pixels)) for _ in range(3))

    def about(self, value: float, by: float) -> float:
        """The value, up to `by` more or less."""
        return value + self.chance.uniform(-by, by)

    def stroke(self, points: Sequence[Point], start: float = 1.0, end: float = 1.0) -> None:
        """A line through the points whose width goes from `start` to `end`, in widths of the pen."""
        outline, back = [], []
        for number, (x, y) in enumerate(points):
            before, after = points[max(0, number - 1)], points[min(len(points) - 1, number + 1)]
            along = (after[0] - before[0], after[1] - before[1])
            length = max(1e-6, (along[0] ** 2 + along[1] ** 2) ** 0.5)
            half = self.line / 2 * (start + (end - start) * number / max(1, len(points) - 1))
            aside = (-along[1] / length * half, along[0] / length * half)
            outline.append((x + aside[0], y + aside[1]))
            back.append((x - aside[0], y - aside[1]))
        self._fill(self.ink, outline + back[::-1], 255)

    def wobbly(self, first: Point, last: Point, by: float, parts: int = 5) -> list[Point]:
        """A line from one point to another by a hand that is not quite steady."""
        line = [first]
        for part in range(1, parts):
            share = part / parts
            x, y = (first[axis] + (last[axis] - first[axis]) * share for axis in (0, 1))
            line.append((self.about(x, by), self.about(y, by)))
        return [*line, last]

    def cover(self, points: Sequence[Point]) -> None:
        """Hides what is behind, and what was drawn of this sign, within the polygon."""
        self._fill(self.hides, points, 255)
        self._fill(self.ink, points, 0)
        self._fill(self.red, points, 0)

    def paint(self, points: Sequence[Point], tone: int) -> None:
        """Red ink, 0 to 255, within the polygon."""
        self._fill(self.red, points, tone)

    def _fill(self, mask: Image.Image, points: Sequence[Point], tone: int) -> None:
        side = self.pixels
        ImageDraw.Draw(mask).polygon([(x * side, y * side) for x, y in points], fill=tone)

    def sign(self, side: int) -> Sign:
        """What was drawn, `side` pixels wide."""
        ink, hides, red = (each.resize((side, side), Image.Resampling.BOX) for each in (self.ink, self.hides, self.red))
        mask = ImageChops.lighter(ink, hides)
        # Pasting multiplies by the mask, so that lines at the sign's edge must be as much brighter before.
        full = [_undone(each, mask) for each in (ink, red)]
        return Sign(Image.merge("RGB", [*full, Image.new("L", mask.size)]), mask)


def _undone(band: Image.Image, mask: Image.Image) -> Image.Image:
    shares = numpy.asarray(band).astype(numpy.uint16) * 255 // numpy.maximum(numpy.asarray(mask), 1)
    return Image.fromarray(numpy.minimum(shares, 255).astype(numpy.uint8))


def _mountain(pen: Pen) -> None:
    peak = (pen.about(0.47, 0.07), pen.about(0.12, 0.08))
    left, right = (pen.about(0.04, 0.03), 0.97), (pen.about(0.96, 0.03), 0.97)
    west, east = pen.wobbly(left, peak, 0.022, 6), pen.wobbly(peak, right, 0.022, 6)
    pen.cover([*west, *east[1:]])
    pen.stroke(west, 0.5, 1.1)
    pen.stroke(east, 1.5, 0.8)
    ridge = pen.wobbly(peak, (pen.about(0.5, 0.06), pen.about(0.72, 0.06)), 0.035, 5)
    pen.stroke(ridge, 1.0, 0.3)
    for number in range(7):
        share = (number + 0.7) / 7.6
        x, y = peak[0] + (right[0] - peak[0]) * share, peak[1] + (right[1] - peak[1]) * share
        length = pen.about(0.2 + 0.14 * (1 - abs(share - 0.45)), 0.05) * (1 - 0.35 * share)
        pen.stroke(pen.wobbly((x, y), (x - length * 0.42, min(0.97, y + length)), 0.006, 3), 0.95, 0.2)
    foot = pen.about(0.3, 0.05)
    pen.stroke(pen.wobbly((foot, pen.about(0.6, 0.05)), (foot - 0.08, 0.84), 0.01, 3), 0.6, 0.2)


def _hill(pen: Pen) -> None:
    top = pen.about(0.5, 0.05)
    arc = [
        (0.08 + 0.84 * x, 0.95 - pen.about(top, 0.012) * (1 - (2 * x - 1) ** 2))
        for x in (0, 0.12, 0.28, 0.44, 0.58, 0.72, 0.88, 1)
    ]
    pen.cover(arc)
    pen.stroke(arc, 0.5, 1.2)
    for x, y in arc[4:7]:
        pen.stroke([(x, y), (x - 0.05, y + 0.11), (x - 0.07, y + pen.about(0.22, 0.04))], 0.8, 0.2)


def _leafy(pen: Pen) -> None:
    middle, width, height = (pen.about(0.5, 0.04), pen.about(0.42, 0.04)), pen.about(0.33, 0.04), pen.about(0.33, 0.03)
    ring = [
        (0, -1), (0.45, -0.92), (0.7, -0.62), (1, -0.5), (0.95, -0.05), (1.05, 0.35), (0.68, 0.62), (0.4, 0.98),
        (0, 0.8), (-0.4, 0.98), (-0.68, 0.62), (-1.05, 0.35), (-0.95, -0.05), (-1, -0.5), (-0.7, -0.62), (-0.45, -0.92),
    ]  # fmt: skip
    crown = [(middle[0] + width * pen.about(x, 0.08), middle[1] + height * pen.about(y, 0.08)) for x, y in ring]
    pen.cover([*crown, (middle[0], 0.97)])
    pen.stroke([(middle[0] - 0.04, 0.74), (middle[0] - 0.05, 0.97)], 1.0, 1.0)
    pen.stroke([(middle[0] + 0.05, 0.74), (middle[0] + 0.06, 0.97)], 1.2, 1.2)
    pen.stroke([*crown, crown[0]], 1.0, 1.0)
    for number in range(4):
        x, y = middle[0] + width * (0.15 + 0.18 * number), middle[1] + height * (0.62 - 0.22 * number)
        pen.stroke([(x, y), (x + 0.1, y - 0.12)], 1.0, 0.4)


def _conifer(pen: Pen) -> None:
    x, top = pen.about(0.5, 0.03), pen.about(0.06, 0.05)
    left, right = [(x, top)], [(x, top)]
    for number in range(1, 4):
        y, wide = top + 0.25 * number, 0.085 * number + 0.05
        left += [(x - pen.about(wide, 0.02), y), (x - wide * 0.55, y - 0.02)]
        right += [(x + pen.about(wide, 0.02), y), (x + wide * 0.55, y - 0.02)]
    pen.cover([*left, *right[::-1]])
    pen.stroke([(x, 0.82), (x, 0.98)], 1.5, 1.5)
    pen.stroke(left, 0.8, 0.8)
    pen.stroke(right, 1.3, 1.3)
    for number in range(1, 4):
        y = top + 0.25 * number - 0.05
        pen.stroke([(x + 0.02, y), (x + 0.055 * number + 0.04, y - 0.03)], 1.2, 0.6)


def _dune(pen: Pen) -> None:
    crest = [(0.1, 0.8), (0.3, pen.about(0.66, 0.03)), (0.5, pen.about(0.62, 0.03)), (0.72, 0.72), (0.92, 0.82)]
    pen.stroke(crest, 0.3, 0.9)
    for _ in range(9):
        x, y = pen.about(0.5, 0.42), pen.about(0.72, 0.2)
        pen.stroke([(x, y), (x + 0.035, y)], 0.8, 0.8)


def _ice(pen: Pen) -> None:
    for x, y, size in ((0.3, 0.75, 0.26), (0.62, 0.9, 0.32)):
        tip = (pen.about(x, 0.04), y - size)
        pen.stroke(pen.wobbly((x - size * 0.55, y), tip, 0.01, 2), 0.5, 0.8)
        pen.stroke(pen.wobbly(tip, (x + size * 0.6, y), 0.01, 2), 0.8, 0.5)


def _grass(pen: Pen) -> None:
    for number in range(4):
        x = 0.32 + 0.12 * number
        pen.stroke([(x, 0.95), (x + (number - 1.5) * 0.06, pen.about(0.66, 0.06))], 0.9, 0.3)


def _town(pen: Pen) -> None:
    _house(pen, (pen.about(0.2, 0.03), 0.8), 0.26, 0.2)
    _house(pen, (pen.about(0.8, 0.03), 0.82), 0.26, 0.22)
    x = pen.about(0.5, 0.03)
    walls = [(x - 0.08, 0.86), (x - 0.08, 0.36), (x, 0.04), (x + 0.08, 0.36), (x + 0.08, 0.86)]
    pen.cover(walls)
    pen.paint(walls[1:4], 255)
    pen.stroke([*walls, walls[0]], 1.0, 1.0)
    pen.stroke([walls[1], walls[3]], 0.8, 0.8)
    _house(pen, (pen.about(0.34, 0.03), 0.96), 0.28, 0.22)
    _house(pen, (pen.about(0.66, 0.03), 0.97), 0.28, 0.2)


def _house(pen: Pen, foot: Point, width: float, height: float) -> None:
    x, y = foot
    left, right, eaves, ridge = x - width / 2, x + width / 2, y - height * 0.6, y - height * 1.25
    top = [(x - width * 0.3, ridge), (x + width * 0.3, ridge)]
    pen.cover([(left, y), (left, eaves), *top, (right, eaves), (right, y)])
    roof = [(left - 0.02, eaves), *top, (right + 0.02, eaves)]
    pen.paint(roof, 220)
    pen.stroke([*roof, roof[0]], 1.0, 1.0)
    pen.stroke([(left, eaves), (left, y), (right, y), (right, eaves)], 1.0, 1.0)


KINDS: Mapping[str, Callable[[Pen], None]] = {
    "mountain": _mountain,
    "hill": _hill,
    "leafy": _leafy,
    "conifer": _conifer,
    "dune": _dune,
    "ice": _ice,
    "grass": _grass,
    "town": _town,
}


@lru_cache(maxsize=256)
def drawn(kind: str, variant: int, side: int, line: float) -> Sign:
    """A sign `side` pixels wide by a pen of `line` pixels."""
    chance = random.Random(f"{kind} {variant}")  # noqa: S311
    # What is less than a pixel wide is drawn in full and thinned by being made smaller.
    pen = Pen(side * FINER * max(1, 16 // side), chance, line / side)
    KINDS[kind](pen)
    return pen.sign(side)
