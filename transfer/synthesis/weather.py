"""The climate of a land, and what it makes of each place."""

from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.biomes import biomes
from transfer.synthesis.cities import sites
from transfer.synthesis.climate import LAPSE, Climate
from transfer.synthesis.lattice import lattice
from transfer.synthesis.made import Making
from transfer.synthesis.noise import Field
from transfer.synthesis.rain import moisture
from transfer.synthesis.refining import Refined
from transfer.synthesis.resample import ROWS, centres, nearest, taps, weighed

FRAYS = (18, 40, 90, 200, 450)  # lattice cells along the long side, of the noise that frays borders


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
        temperature = warm - numpy.maximum(self.height, 0) * numpy.float32(LAPSE)
        flow = nearest(ndimage.maximum_filter(flow, 3), self.height.shape)
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
        for start in range(0, shape[0], ROWS):
            part = slice(start, min(start + ROWS, shape[0]))
            rows = taps(down[part], self.wet.shape[0], False, "spline")
            noise: Field = numpy.zeros((part.stop - start, shape[1]), numpy.float32)
            for number, cells in enumerate(each for each in FRAYS if each <= max(shape) / 2):
                noise += numpy.float32(0.5 * 0.78**number) * lattice(
                    shape, cells, seed + 700 + number, self.wraps, part
                )
            height = fine.height[part]
            temperature[part] = warm[part] - numpy.maximum(height, 0) * numpy.float32(LAPSE)
            moist[part] = numpy.clip(weighed(self.wet, rows, columns), 0, 1)
            rough = weighed(self.rough, rows, columns)
            labels[part] = biomes(height, rough, temperature[part], moist[part], fine.lakes[part], noise)
            yield part.stop / shape[0]
        return temperature, moist, labels
