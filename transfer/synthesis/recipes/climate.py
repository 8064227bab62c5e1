"""What decides on climates: latitudes, and how warm and how wet it is beside Earth."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import Field

# By degrees of latitude from the equator, the year's mean temperature at the sea.
DEGREES = (0, 10, 20, 30, 40, 50, 60, 70, 80, 90)
WARMTH = (27, 26.5, 24.5, 20.5, 14.5, 8, 0.5, -9, -18, -24)
LAPSE = 0.006  # degrees a metre


@dataclass(frozen=True)
class Latitudes:
    """The latitudes of the upper and the lower edge, in degrees, and how much warmer it is than on Earth."""

    north: float
    south: float
    warmer: float

    def rows(self, count: int) -> NDArray[numpy.float64]:
        """How far each of `count` rows lies from the equator, in degrees."""
        return numpy.abs(self.north + (self.south - self.north) * (numpy.arange(count) + 0.5) / count)

    def temperature(self, count: int) -> Field:
        """The year's mean temperature at the sea in each of `count` rows, (count, 1) in degrees Celsius."""
        found = numpy.interp(self.rows(count), DEGREES, WARMTH) + self.warmer
        return found.astype(numpy.float32)[:, None]


@dataclass(frozen=True)
class Climate:
    """What decides on weather, rivers and cities.

    `wetness` is how much rain falls beside what falls on Earth, `rivers` how dense they are, from 0 to 1, and `cities`
    how many there are.
    """

    latitudes: Latitudes
    wetness: float = 1.0
    rivers: float = 0.5
    cities: int = 6
