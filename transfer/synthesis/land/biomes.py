"""What each place is: water, plain, desert, forest, mountain or ice."""

import numpy
from numpy.typing import NDArray

from transfer.labels import Label
from transfer.synthesis.fields.noise import Field

DEEP = -700.0  # metres
HIGH, STEEP = 1900.0, 900.0  # metres above the sea; metres that rough land differs by within a hundredth of the map
FROZEN, FROZEN_SEA = -8.0, -12.5  # degrees Celsius
DRY, WET = 0.17, 0.4


def biomes(
    height: Field,
    rough: Field,
    temperature: Field,
    moisture: Field,
    lakes: NDArray[numpy.bool_],
    noise: Field,
) -> NDArray[numpy.uint8]:
    """The labels (H, W) of land in metres above the sea; `rough` in metres as STEEP has it.

    `noise`, about -1 to 1, frays the borders. Warm places need more rain not to be deserts (Whittaker 1975).
    """
    warmth = numpy.maximum(temperature, 0)
    wet = moisture + noise * numpy.float32(0.085)
    cold = temperature + noise * numpy.float32(2.5)
    tall = height + rough * numpy.float32(HIGH / STEEP * 0.6) + noise * numpy.float32(220)
    found = numpy.full(height.shape, Label.PLAIN, numpy.uint8)
    found[wet > numpy.float32(WET) - (numpy.float32(14) - warmth) * numpy.float32(0.006)] = Label.FOREST
    found[cold < -3] = Label.PLAIN
    found[(wet < numpy.float32(DRY) + (warmth - 14) * numpy.float32(0.008)) & (cold > -1)] = Label.DESERT
    found[tall > HIGH] = Label.MOUNTAIN
    found[cold < FROZEN] = Label.ICE
    water = height < 0
    found[water] = numpy.where(height[water] < DEEP, Label.DEEP_WATER, Label.WATER).astype(numpy.uint8)
    found[water & (cold < FROZEN_SEA)] = Label.ICE
    found[lakes & (cold >= FROZEN)] = Label.WATER
    return found
