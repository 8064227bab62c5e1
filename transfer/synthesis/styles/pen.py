"""Signs that are drawn with a pen: hills, trees, houses, waves, grass. Lengths are in the picture's long side."""

import math
from random import Random

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Point = tuple[float, float]
BLACK, NONE = 255, 0


class Pen:
    """Draws onto `image`, whose values say how much ink there is, `times` as large as the picture.

    What is drawn waits until `dries`, so that the outlines of all lines are worked out together.
    """

    def __init__(self, size: tuple[int, int], half: float) -> None:
        self.times = 3 if max(size) <= 2048 else 2
        self.scale, self.half = max(size) * self.times, half
        self.image = Image.new("L", (size[0] * self.times, size[1] * self.times), NONE)
        self._points: list[Point] = []
        self._marks: list[tuple[int, float]] = []  # how many points, and how wide a line; 0 for what is cleared

    def line(self, points: list[Point], wide: float = 1.0) -> None:
        """A line that is `wide` times as wide as the pen, and thinner at its ends."""
        self._points += points
        self._marks.append((len(points), wide))

    def clear(self, points: list[Point]) -> None:
        """Takes the ink away that is behind."""
        self._points += points
        self._marks.append((len(points), 0.0))

    def dries(self) -> None:
        """Draws all that waits, one mark after another."""
        if not self._marks:
            return
        draw = ImageDraw.Draw(self.image).draw
        points, counts = numpy.array(self._points), numpy.array([count for count, _ in self._marks])
        left, right = self._outlines(points, counts)
        shape = (points * self.scale).ravel().tolist()
        begin = 0
        for count, wide in self._marks:
            end = begin + 2 * count
            if wide:
                draw.draw_polygon(left[begin:end] + right[len(right) - end : len(right) - begin], BLACK, 1)
            else:
                draw.draw_polygon(shape[begin:end], NONE, 1)
            begin = end
        self._points, self._marks = [], []

    def _outlines(
        self, points: NDArray[numpy.float64], counts: NDArray[numpy.int64]
    ) -> tuple[list[float], list[float]]:
        """The left side of all lines, x and y in pixels by turns, and their right side from the last point back."""
        first = numpy.cumsum(counts) - counts
        number = numpy.arange(len(points)) - numpy.repeat(first, counts)
        last = numpy.repeat(counts - 1, counts)
        every = numpy.arange(len(points))
        a, b = points[every - (number > 0)].T
        c, d = points[every + (number < last)].T
        # Not NumPy's hypot: its last bits may differ.
        long = numpy.array(list(map(math.hypot, (c - a).tolist(), (d - b).tolist())))
        long = numpy.maximum(long, 1e-9)
        part = number / numpy.maximum(last, 1)
        wide = numpy.repeat(numpy.array([wide for _, wide in self._marks]), counts)
        half = self.half * wide * (0.45 + 2.2 * part * (1 - part))
        aside = numpy.stack([(b - d) / long * half, (c - a) / long * half], axis=1)
        left, right = (points + aside) * self.scale, (points - aside) * self.scale
        return left.ravel().tolist(), right[::-1].ravel().tolist()

    def hill(self, at: Point, high: float, random: Random) -> None:
        """A hill with its right side hatched, in shadow."""
        x, y = at
        wide = high * random.uniform(0.75, 1.0)
        top = (x + wide * random.uniform(-0.12, 0.12), y - high)
        left = _ragged((x - wide, y), top, 0.09 * high, random)
        right = _ragged(top, (x + wide, y), 0.09 * high, random)
        self.clear(left + right)
        self.line(left, 0.9)
        self.line(right, 1.35)
        for number in range(1, 8):
            part = number / 8
            start = right[min(len(right) - 1, round(part * (len(right) - 1)))]
            long = high * (0.24 + 0.34 * math.sin(math.pi * part)) * random.uniform(0.7, 1.05)
            end = (start[0] - 0.42 * long, min(y, start[1] + long))
            self.line([start, _between(start, end, 0.5), end], 0.62)
        if high > 0.016:
            crease = (top[0] - 0.12 * wide, top[1] + 0.45 * high)
            self.line([top, (top[0] + 0.02 * wide, top[1] + 0.22 * high), crease], 0.7)

    def tree(self, at: Point, high: float, random: Random) -> None:
        """A round crown on a trunk."""
        x, y = at
        middle, radius = y - 0.62 * high, 0.42 * high
        crown = []
        for number in range(9):
            far, angle = radius * random.uniform(0.86, 1.14), math.tau * number / 9
            crown.append((x + far * math.cos(angle), middle + far * math.sin(angle)))
        self.clear(crown)
        self.line([*crown[5:], *crown[:3]], 0.75)
        self.line(crown[1:6], 0.75)
        for number in range(3):
            start = (x + radius * (0.1 + 0.25 * number), middle + radius * (0.65 - 0.35 * number))
            self.line(
                [
                    start,
                    (start[0] + 0.16 * radius, start[1] - 0.28 * radius),
                    (start[0] + 0.2 * radius, start[1] - 0.6 * radius),
                ],
                0.6,
            )
        self.line([(x, middle + radius), (x, y - 0.1 * high), (x, y)], 0.9)

    def house(self, at: Point, wide: float, random: Random) -> None:
        """A house with a tower beside it."""
        x, y = at
        for offset, half, wall, roof in ((0.0, 0.6, 0.6, 1.1), (0.62, 0.26, 1.0, 1.75)):
            left, right = x + (offset - half) * wide, x + (offset + half) * wide
            eaves, ridge = y - wall * wide, y - roof * wide
            outline = [(left, y), (left, eaves), ((left + right) / 2, ridge), (right, eaves), (right, y)]
            self.clear(outline)
            for start, end in zip(outline, outline[1:] + outline[:1], strict=True):
                self.line([start, _between(start, end, 0.5), end], 0.8)
            self.line([(left, eaves), ((left + right) / 2, eaves), (right, eaves)], 0.8)
            shade = random.uniform(0.5, 0.7)
            self.line([_between((right, eaves), ((left + right) / 2, ridge), part) for part in (0.1, 0.5, shade)], 2.2)

    def wave(self, at: Point, wide: float, random: Random) -> None:
        """Two crests."""
        x, y = at
        high = 0.28 * wide * random.uniform(0.7, 1.2)
        crest = [(x + wide * (k / 8 - 0.5), y - high * abs(math.sin(math.tau * k / 8))) for k in range(9)]
        self.line(crest, 0.75)

    def grass(self, at: Point, high: float, random: Random) -> None:
        """A tuft of three blades, or a few dots."""
        x, y = at
        if random.random() < 0.5:
            for lean in (-0.5, 0.0, 0.5):
                end = (x + lean * high, y - high * random.uniform(0.7, 1.0))
                self.line([(x + 0.25 * lean * high, y), (x + 0.5 * lean * high, y - 0.5 * high), end], 0.6)
        else:
            for _ in range(4):
                u, v = x + random.uniform(-1.2, 1.2) * high, y + random.uniform(-1.2, 1.2) * high
                self.line([(u, v), (u + self.half, v), (u + 2 * self.half, v)], 0.9)


def _ragged(a: Point, b: Point, far: float, random: Random) -> list[Point]:
    """A line from a to b that shakes."""
    found = [a]
    for number in range(1, 7):
        x, y = _between(a, b, number / 7)
        found.append((x + random.uniform(-far, far), y + random.uniform(-far, far) * 0.6))
    return [*found, b]


def _between(a: Point, b: Point, part: float) -> Point:
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
