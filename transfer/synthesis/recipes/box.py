"""A box of longitudes and latitudes."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """From `west` to `east` and from `south` to `north`, in degrees; across the date line where `east` is less."""

    west: float
    south: float
    east: float
    north: float

    @property
    def degrees(self) -> tuple[float, float]:
        """Its width and height."""
        width = self.east - self.west
        return (width if width > 0 else width + 360), self.north - self.south

    @property
    def stretch(self) -> float:
        """The width of a degree of longitude beside one of latitude, at its middle: 1 at the equator, 0 at a pole."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def ratio(self) -> float:
        """Width to height as on the ground."""
        width, height = self.degrees
        return width * self.stretch / height

    def size(self, long_side: int) -> tuple[int, int]:
        """(width, height) in pixels of a picture of it in its true shape."""
        if self.ratio >= 1:
            return long_side, max(1, round(long_side / self.ratio))
        return max(1, round(long_side * self.ratio)), long_side

    def likeness(self, other: "Box") -> float:
        """The part, from 0 to 1, that two boxes have in common of what both cover, in square degrees."""
        (width, height), (others_width, others_height) = self.degrees, other.degrees
        west = (other.west - self.west + 180) % 360 - 180
        across = sum(
            max(0.0, min(width, west + turn + others_width) - max(0.0, west + turn)) for turn in (-360, 0, 360)
        )
        both = across * max(0.0, min(self.north, other.north) - max(self.south, other.south))
        return both / (width * height + others_width * others_height - both)

    @property
    def title(self) -> str:
        """As a map says it: 89° W to 59° W, 8° N to 27° N."""
        west, east = (_degrees(each, "E", "W") for each in (self.west, self.east))
        south, north = (_degrees(each, "N", "S") for each in (self.south, self.north))
        return f"{west} to {east}, {south} to {north}"


def _degrees(value: float, positive: str, negative: str) -> str:
    side = positive if value > 0 else negative if value < 0 else ""
    return f"{abs(value):g}° {side}".strip()
