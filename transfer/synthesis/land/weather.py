"""The climate of a land, and what it makes of each place."""

from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.lattice import lattice, octaves
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.resample import ROWS, centres, nearest, taps, weighed
from transfer.synthesis.fields.windows import highest
from transfer.synthesis.land.biomes import biomes
from transfer.synthesis.land.cities import sites
from transfer.synthesis.land.rain import moisture
from transfer.synthesis.land.refining import Refined
from transfer.synthesis.made import Making
from transfer.synthesis.recipes.climate import LAPSE, Climate

FRAYS, GAIN = 18, 0.78  # lattice cells along the long side, of the coarsest noise that frays borders; its octaves' gain
BROAD = 4  # octaves of it that are made on a grid of GRID cells along the long side, and looked at from there
GRID = 512


@dataclass(frozen=True)
class Weather:
    """The weather over land whose height and relief (h, w) are given in metres, on a coarse grid."""

    height: Field
    rough: Field
    climate: Climate
    wraps: bool

    @cached_property
    def wet(self) -> Field:
        """How wet it is (h, w), 0 to 1."""
        return moisture(self.height, self.climate.latitudes, self.climate.wetness, self.wraps)

    def cities(self, flow: NDArray[numpy.int64], seed: int) -> list[tuple[float, float]]:
        """Where cities stand, as x and y on the coarse grid; `flow` is the drained area on any grid."""
        warm = self.climate.latitudes.temperature(len(self.height))
        cooler = numpy.maximum(self.height, 0) * numpy.float32(LAPSE)
        temperature = numpy.asarray(warm - cooler, dtype=numpy.float32)
        flow = nearest(highest(flow), self.height.shape)
        return sites(self.height, self.rough, temperature, self.wet, flow, self.climate.cities, seed)

    def labelled(self, fine: Refined, seed: int) -> Making[tuple[Field, Field, NDArray[numpy.uint8]]]:
        """Temperature in degrees Celsius, moisture from 0 to 1, and labels, each (H, W), at the size of `fine`."""
        shape = fine.height.shape
        warm = self.climate.latitudes.temperature(shape[0])
        temperature: Field = numpy.empty(shape, numpy.float32)
        moist: Field = numpy.empty(shape, numpy.float32)
        labels = numpy.empty(shape, numpy.uint8)
        columns = taps(centres(shape[1], self.wet.shape[1]), self.wet.shape[1], self.wraps, "spline")
        down = centres(shape[0], self.wet.shape[0])
        frays = _Frays(shape, seed + 700, self.wraps)
        for start in range(0, shape[0], ROWS):
            part = slice(start, min(start + ROWS, shape[0]))
            rows = taps(down[part], self.wet.shape[0], False, "spline")
            noise = frays.strip(part)
            height = fine.height[part]
            temperature[part] = warm[part] - numpy.maximum(height, 0) * numpy.float32(LAPSE)
            moist[part] = numpy.clip(weighed(self.wet, rows, columns), 0, 1)
            rough = weighed(self.rough, rows, columns)
            labels[part] = biomes(height, rough, temperature[part], moist[part], fine.lakes[part], noise)
            yield part.stop / shape[0]
        return temperature, moist, labels


class _Frays:
    """Noise that frays the borders of biomes on a picture (H, W), about -1 to 1, strip by strip."""

    def __init__(self, shape: tuple[int, int], seed: int, wraps: bool) -> None:
        self.shape, self.seed, self.wraps = shape, seed, wraps
        long = max(shape)
        small = tuple(max(4, round(min(GRID, long) * each / long)) for each in shape)
        self.broad = numpy.float32(0.5) * octaves((small[0], small[1]), FRAYS, seed, BROAD, GAIN, wraps)
        self.columns = taps(centres(shape[1], small[1]), small[1], wraps, "spline")
        self.rows = taps(centres(shape[0], small[0]), small[0], False, "spline")
        cells = [FRAYS << octave for octave in range(BROAD, 10)]
        self.finer = [
            (each, numpy.float32(0.5 * GAIN**number)) for number, each in enumerate(cells, BROAD) if each <= long / 3
        ]

    def strip(self, part: slice) -> Field:
        """The noise of some rows."""
        found = weighed(self.broad, (self.rows[0][part], self.rows[1][part]), self.columns)
        for cells, strength in self.finer:
            found += strength * lattice(self.shape, cells, self.seed + cells, self.wraps, part)
        return found
