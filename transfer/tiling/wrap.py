"""Which sides of a picture go on at the opposite ones, so that it can be laid beside itself. Free of torch."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Wrap:
    """With `x` the right side goes on at the left one, and with `y` the lower side at the upper one."""

    x: bool = False
    y: bool = False

    @classmethod
    def named(cls, name: str) -> Self:
        """As recipes call it: `none`, `x`, `y` or `both`."""
        return cls(name in ("x", "both"), name in ("y", "both"))

    def __bool__(self) -> bool:
        """Whether any side does."""
        return self.x or self.y

    def along(self, axis: int) -> bool:
        """Whether a map (..., H, W) wraps along an axis: -1 is x, -2 is y."""
        return {-1: self.x, -2: self.y}[axis]

    def fitted(self, size: tuple[int, int], stride: int) -> tuple[int, int]:
        """(width, height) with the sides that wrap as the nearest multiples of `stride`, at least one of it.

        Only these have all of their places of a network's features in the same distance across the border.
        """
        width, height = (
            max(1, (2 * side + stride) // (2 * stride)) * stride if wraps else side
            for side, wraps in zip(size, (self.x, self.y), strict=True)
        )
        return width, height


NOWHERE = Wrap()
