"""From land on coarse grids to all that is known of it at the size of a picture."""

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.labels import LabelMap
from transfer.synthesis.bends import bends
from transfer.synthesis.channels import channels
from transfer.synthesis.cities import built
from transfer.synthesis.climate import Climate
from transfer.synthesis.drainage import Whole
from transfer.synthesis.lakes import dammed
from transfer.synthesis.made import Making
from transfer.synthesis.noise import Field
from transfer.synthesis.parts import part
from transfer.synthesis.rain import CELLS
from transfer.synthesis.refining import refined
from transfer.synthesis.resample import resampled
from transfer.synthesis.rivers import courses
from transfer.synthesis.terrain import Terrain
from transfer.synthesis.valleys import Shaped, grid_of, relief
from transfer.synthesis.weather import Weather

RAIN = 180  # a cell's flow is this many hundredths where it is as wet as can be
FINE = 0.2  # how strong the finest noise is beside the relief of the coarse grid
BESIDE_RIVERS = 0.35  # what is left of it there


def settled(
    shaped: Shaped, size: tuple[int, int], climate: Climate, roughness: float, seed: int, wraps: bool
) -> Making[Terrain]:
    """The land that water has shaped, at a picture's size (width, height), with its climate, rivers and cities."""
    coarse = shaped.height.shape
    rough = relief(shaped.height, wraps)
    ground, lakes = dammed(shaped.height, rough, shaped.drainage, shaped.areas, seed + 90, wraps)
    grid = grid_of(size, CELLS)
    weather = Weather(resampled(ground, grid, wraps), resampled(rough, grid, wraps), climate, wraps)
    flow = _flow(shaped, resampled(weather.wet, coarse, wraps, "spline"))
    yield 0.1
    bent = bends(coarse, seed + 300, wraps)
    running = shaped.drainage.on_grid(flow)
    strength = _fineness(rough, lakes, running, roughness)
    fine = yield from part(refined(ground, strength, lakes, bent, (size[1], size[0]), seed + 500), 0.1, 0.6)
    found = courses(shaped.drainage, flow, climate.rivers)
    rivers = channels(found, shaped.drainage, flow, ground, bent, fine.height)
    yield 0.65
    temperature, moist, labels = yield from part(weather.labelled(fine, seed), 0.65, 1.0)
    cities = built(weather.cities(running, seed), grid, bent, fine, labels, seed)
    return Terrain(
        fine.height, temperature, moist, LabelMap.of(labels), fine.lakes, tuple(rivers), tuple(cities), wraps
    )


def _flow(shaped: Shaped, wet: Field) -> Whole:
    """What runs through each node, in cells of the mean rain."""
    rain = (wet.ravel()[shaped.drainage.places] * numpy.float32(RAIN)).astype(numpy.int64) + 20
    rain[0] = 0
    return shaped.drainage.gathered(rain) // 100


def _fineness(rough: Field, lakes: NDArray[numpy.bool_], flow: Whole, roughness: float) -> Field:
    strength = numpy.minimum(rough, numpy.float32(700)) * numpy.float32(FINE * roughness)
    beside = ndimage.maximum_filter(flow, 3) > flow.size * 0.0006
    strength = numpy.where(beside, strength * numpy.float32(BESIDE_RIVERS), strength)
    return numpy.where(ndimage.maximum_filter(lakes, 3), numpy.float32(0), strength)
