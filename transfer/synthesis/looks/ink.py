"""What a pen draws along a coast: the coast itself, by a hand that is not quite steady, and waterlines beside it."""

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.looks.grids import COARSE, Stretched, Strip, blurred, coarse, smudged
from transfer.synthesis.looks.shading import gradients
from transfer.synthesis.looks.texture import mottled
from transfer.synthesis.terrain import Terrain

BYTE = numpy.float32(1 / 255)
ROUNDED = 1 / 900  # radius to which a coast is rounded, as a share of the long side
COAST = 1 / 560  # width of its line
WATERLINES = (0.0055, 0.0125, 0.021, 0.031, 0.0425)  # how far from the coast, as shares of the long side
WATERLINE = 1 / 1150  # width of each
WOBBLE = 0.09  # how far a line is off, as a share of the edge's softness
SEAM = 0.125  # of the width: what is looked at beyond the seam of a land that wraps


class Coast:
    """The coasts of seas and lakes of a land."""

    def __init__(self, terrain: Terrain, seed: int) -> None:
        height, width = terrain.height.shape
        size, self.wraps = (width, height), terrain.wraps
        self.long_side = max(size)
        land = ~terrain.is_water
        self.land = smudged(land, max(0.6, self.long_side * ROUNDED), self.wraps)
        self.tremble = mottled(size, 48, seed + 41, 2, self.wraps)
        self.press = mottled(size, 24, seed + 43, 1, self.wraps)
        shares = coarse(land)
        distance = blurred(_away(shares, self.wraps), 1, self.wraps)
        self.cell = self.long_side / max(shares.shape)
        self.away = Stretched(distance * numpy.float32(self.cell), size, self.wraps)
        self.inland = _away(1 - shares, self.wraps) * numpy.float32(self.cell)  # coarse: pixels from the nearest water

    def line(self, strip: Strip) -> Field:
        """How much ink (H, W) the coast's line leaves in these rows, 0 to 1."""
        soft = self.land[strip.outer] * BYTE
        across, down = (each[strip.inner] for each in gradients(soft, self.wraps))
        slope = numpy.sqrt(across * across + down * down) + numpy.float32(1e-4)
        edge = soft[strip.inner] - numpy.float32(0.5) + self.tremble.at(strip.rows) * numpy.float32(WOBBLE)
        width = numpy.float32(self.long_side * COAST) * (1 + self.press.at(strip.rows) * numpy.float32(0.45))
        return _drawn(numpy.asarray(numpy.abs(edge) / slope, dtype=numpy.float32), width)

    def waterlines(self, rows: slice) -> Field:
        """How much ink (H, W) the lines in the water leave, 0 to 1; the further from land, the less."""
        away = self.away.at(rows)
        away = away + self.tremble.at(rows) * numpy.float32(self.long_side * 0.0011)
        ink: Field = numpy.zeros(away.shape, numpy.float32)
        press = 1 + self.press.at(rows) * numpy.float32(0.6)
        for number, share in enumerate(WATERLINES):
            width = numpy.float32(self.long_side * WATERLINE) * press
            line = _drawn(numpy.abs(away - numpy.float32(share * self.long_side)), width)
            ink = numpy.maximum(ink, line * numpy.float32(0.8 - 0.13 * number))
        return numpy.asarray(ink * numpy.clip(1 - self.land[rows] * (2 * BYTE), 0, 1), dtype=numpy.float32)

    def free(self, reach: float) -> NDArray[numpy.bool_]:
        """Where (h, w), on the coarse grid, water is at least `reach` pixels away."""
        return numpy.asarray(self.inland >= reach)


def _drawn(distance: Field, width: Field) -> Field:
    """How much of a pixel a line of `width` covers whose middle is so far away; both in pixels."""
    inside = numpy.clip(numpy.maximum(width, 1) * numpy.float32(0.5) + numpy.float32(0.5) - distance, 0, 1)
    return numpy.asarray(inside * numpy.minimum(width, 1), dtype=numpy.float32)


def _away(land: Field, wraps: bool) -> Field:
    """How far each cell (h, w) is from the nearest that is mostly land, in cells; land of a share counts in part."""
    margin = int(land.shape[1] * SEAM) if wraps else 0
    padded = numpy.pad(land, ((0, 0), (margin, margin)), mode="wrap") if margin else land
    solid = padded >= 0.5
    if not solid.any():
        return numpy.full(land.shape, 2 * COARSE, numpy.float32)
    distance = ndimage.distance_transform_edt(~solid).astype(numpy.float32)
    part = numpy.where(solid, 0, distance - numpy.float32(0.5))
    return numpy.asarray(part[:, margin : margin + land.shape[1]], dtype=numpy.float32)
