"""Shaded relief, as a physical atlas prints it."""

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import Label
from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.looks import shading, tints
from transfer.synthesis.looks.built_up import BuiltUp, built_up
from transfer.synthesis.looks.colours import flat, mix, pixels
from transfer.synthesis.looks.grids import Stretched, Strip, blurred, coarse, smudged, strips
from transfer.synthesis.looks.shore import Shore
from transfer.synthesis.looks.strokes import rivers
from transfer.synthesis.terrain import Terrain

COAST, RIVER = flat((58, 104, 146)), flat((66, 122, 172))
PACK_ICE = flat((236, 242, 246))
LAKE, SHALLOWS = flat((160, 204, 226)), flat((214, 234, 240))
STREET, ROOF = flat((146, 104, 96)), flat((236, 190, 170))
HALO = 2  # rows that a strip needs around itself
BROAD = 0.5  # the part of the shading that shows the large forms
LOWLAND = 0.4  # how strong the shading is at the sea's level
HIGH = 1100.0  # metres from which on it is at its strongest
BYTE = numpy.float32(1 / 255)


def draw(terrain: Terrain, seed: int) -> Image.Image:
    """The map in colours."""
    height, width = terrain.height.shape
    picture = numpy.empty((height, width, 3), numpy.uint8)
    relief = _Relief(terrain, seed)
    for strip in strips(width, height, HALO):
        picture[strip.rows] = pixels(relief.strip(strip))
    return Image.fromarray(picture)


class _Relief:
    """What is known of the whole map before its strips are drawn."""

    def __init__(self, terrain: Terrain, seed: int) -> None:
        height, width = terrain.height.shape
        self.terrain, self.wraps, self.long_side = terrain, terrain.wraps, max(width, height)
        size = (width, height)
        low = coarse(terrain.height)
        cells = max(low.shape)
        broad = blurred(low, cells / 300, self.wraps)
        slopes = shading.gradients(broad, self.wraps)
        steeper = numpy.float32(shading.exaggeration(broad, cells))
        self.shore = Shore(terrain)
        self.broad = Stretched(shading.lit(slopes[0] * steeper, slopes[1] * steeper), size, self.wraps)
        self.steeper = numpy.float32(shading.exaggeration(terrain.height, self.long_side))
        floor = blurred(numpy.minimum(low, 0), cells / 160, self.wraps)
        self.floor = Stretched(floor, size, self.wraps)
        near = blurred(coarse(terrain.height >= 0), cells / 38, self.wraps)
        self.near_land = Stretched(near, size, self.wraps)
        ice, land = terrain.labels.values == Label.ICE, terrain.height >= 0
        self.ice, self.pack_ice = (
            smudged(each, self.long_side / 500, self.wraps) if each.any() else None
            for each in (ice & land, ice & ~land)
        )
        self.lakes = (
            smudged(terrain.lakes, max(0.6, self.long_side / 2400), self.wraps) if terrain.lakes.any() else None
        )
        self.rivers = rivers(size, terrain.rivers, self.wraps, self.long_side / 560)
        self.towns: BuiltUp | None = built_up(terrain, seed)

    def strip(self, strip: Strip) -> Field:
        """The colours (3, H, W) of some rows."""
        terrain, rows = self.terrain, strip.rows
        outer = terrain.height[strip.outer]
        across, down = (each[strip.inner] for each in shading.gradients(outer, self.wraps))
        height = terrain.height[rows]
        away = self.shore.away(rows, height, across, down)
        above: Field = numpy.clip(away + numpy.float32(0.5), 0, 1)
        if not above.any():
            return self._sea(strip, away)
        colours = self._land(rows, height, across, down)
        if above.min() < 1:
            colours = mix(self._sea(strip, away), colours, above)
        return self._marks(rows, colours, above)

    def _land(self, rows: slice, height: Field, across: Field, down: Field) -> Field:
        terrain = self.terrain
        ice = self.ice[rows] * BYTE if self.ice is not None else numpy.zeros(height.shape, numpy.float32)
        colours = tints.land(height, terrain.temperature[rows], terrain.moisture[rows], ice)
        fine = shading.lit(across * self.steeper, down * self.steeper)
        light = mix(fine, self.broad.at(rows), BROAD)
        return shading.shaded(colours, light, LOWLAND + (1 - LOWLAND) * eased(height, 0, HIGH))

    def _sea(self, strip: Strip, away: Field) -> Field:
        floor = self.floor.at(strip.outer)
        across, down = (each[strip.inner] for each in shading.gradients(floor, self.wraps))
        colours = tints.sea(-floor[strip.inner], numpy.abs(across) + numpy.abs(down))
        near = self.near_land.at(strip.rows)
        colours = mix(colours, SHALLOWS, eased(near, 0.0, 0.62) * numpy.float32(0.62))
        if self.pack_ice is not None:
            colours = mix(colours, PACK_ICE, self.pack_ice[strip.rows] * (BYTE * numpy.float32(0.92)))
        width = numpy.float32(max(0.6, self.long_side / 1400))
        line = numpy.clip(width + numpy.float32(0.5) + away, 0, 1)
        return mix(colours, COAST, line * numpy.float32(0.75))

    def _marks(self, rows: slice, colours: Field, above: Field) -> Field:
        if self.towns is not None and self.towns.cover[rows].any():
            cover: NDArray = self.towns.cover[rows] * (BYTE * above)
            colours = mix(colours, mix(STREET, ROOF, self.towns.blocks[rows] * BYTE), cover * numpy.float32(0.92))
        colours = mix(colours, RIVER, self.rivers[rows] * (BYTE * numpy.float32(0.9)) * above)
        if self.lakes is not None:
            share = self.lakes[rows] * BYTE
            colours = mix(colours, COAST, share * (1 - share) * numpy.float32(3.2))
            colours = mix(colours, LAKE, eased(share, 0.4, 0.8))
        return colours
