"""From land on coarse grids to all that is known of it at the size of a picture."""

from collections.abc import Callable
from dataclasses import replace

import numpy
from numpy.typing import NDArray

from transfer.labels import LabelMap
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.resample import resampled
from transfer.synthesis.fields.windows import highest
from transfer.synthesis.land.bends import Bends, bends
from transfer.synthesis.land.channels import channels
from transfer.synthesis.land.cities import built
from transfer.synthesis.land.drainage import Whole
from transfer.synthesis.land.lakes import dammed
from transfer.synthesis.land.rain import CELLS
from transfer.synthesis.land.refining import Refined, refined
from transfer.synthesis.land.rivers import courses
from transfer.synthesis.land.valleys import Shaped, grid_of, relief
from transfer.synthesis.land.weather import Weather
from transfer.synthesis.made import Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipes.climate import Climate
from transfer.synthesis.terrain import Terrain

RAIN = 180  # a cell's flow is this many hundredths where it is as wet as can be
FINE = 0.2  # how strong the finest noise is beside the relief of the coarse grid
BESIDE_RIVERS = 0.35  # what is left of it there


def settled(
    shaped: Shaped, size: tuple[int, int], climate: Climate, roughness: float, seed: int, wraps: bool
) -> Making[Terrain]:
    """The land that water has shaped, at a picture's size (width, height), with its climate, rivers and cities."""
    rough = relief(shaped.height, wraps)
    ground, lakes = dammed(shaped.height, rough, shaped.drainage, shaped.areas, seed + 90, wraps)
    bent = bends(ground.shape, seed + 300, wraps)

    def refine(flow: Whole) -> Making[Refined]:
        strength = _fineness(rough, lakes, flow, roughness)
        return refined(ground, strength, lakes, bent, (size[1], size[0]), seed + 500)

    return (yield from living(replace(shaped, height=ground), refine, size, bent, climate, seed))


def living(
    shaped: Shaped,
    refine: Callable[[Whole], Making[Refined]],
    size: tuple[int, int],
    bent: Bends,
    climate: Climate,
    seed: int,
) -> Making[Terrain]:
    """Climate, rivers and cities for land on a coarse grid that a picture of this size (width, height) shows `bent`.

    `refine` makes the land at that size, given what flows through each cell of the grid; rivers cut into it.
    """
    coarse, grid, wraps = shaped.height.shape, grid_of(size, CELLS), bent.wraps
    rough = resampled(relief(shaped.height, wraps), grid, wraps)
    weather = Weather(resampled(shaped.height, grid, wraps), rough, climate, wraps)
    flow = _flow(shaped, resampled(weather.wet, coarse, wraps, "spline"))
    yield 0.1
    running = shaped.drainage.on_grid(flow)
    fine = yield from part(refine(running), 0.1, 0.6)
    found = courses(shaped.drainage, flow, climate.rivers)
    rivers = channels(found, shaped.drainage, flow, shaped.height, bent, fine.height, seed + 400)
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
    beside = highest(flow) > flow.size * 0.0006
    strength = numpy.where(beside, strength * numpy.float32(BESIDE_RIVERS), strength)
    return numpy.where(highest(lakes), numpy.float32(0), strength)
