"""The loss of a render over its iterations, thinned out so that it stays small however long the render is."""

from collections.abc import Iterable, Sequence

MOST_POINTS = 200
Point = tuple[int, float]


class Curve:
    """Points (number of the iteration, total loss) in order: the first one, the last one, and some between them."""

    def __init__(self, earlier: Iterable[Sequence[float]] = ()) -> None:
        self._kept = [(round(number), loss) for number, loss in earlier]
        self._last: Point | None = None
        self._every = max(1, (self._kept[-1][0] - self._kept[0][0]) // len(self._kept)) if self._kept else 1

    def add(self, number: int, loss: float) -> None:
        """The loss of the iteration that follows."""
        self._last = (number, loss)
        if self._kept and number - self._kept[-1][0] < self._every:
            return
        self._kept.append(self._last)
        if len(self._kept) >= MOST_POINTS:
            self._kept, self._every = self._kept[::2], 2 * self._every

    @property
    def points(self) -> list[Point]:
        """At most MOST_POINTS of them, to five digits."""
        last = [self._last] if self._last is not None and self._last != self._kept[-1] else []
        return [(number, float(f"{loss:.5g}")) for number, loss in (*self._kept, *last)]
