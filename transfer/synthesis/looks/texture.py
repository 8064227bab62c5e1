"""Textures that repeat across the seam of a land that wraps: mottled noise, and the sheet of a paper map."""

import numpy

from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field, hashed, perlin
from transfer.synthesis.looks.colours import flat, mix
from transfer.synthesis.looks.grids import Stretched

PAPER, WORN, STAIN = flat((242, 231, 205)), flat((214, 190, 146)), flat((196, 164, 118))
GRAIN = 1024  # grains along the long side
FINEST = 3  # cells of a coarse grid to a cell of the noise


def mottled(size: tuple[int, int], cells: int, seed: int, octaves: int, wraps: bool) -> Stretched:
    """Noise of about -1 to 1 over a picture of `size` (width, height), with `cells` lattice cells along its width."""
    width, height = size
    columns = min(width, cells * 2 ** (octaves - 1) * FINEST)
    rows = max(1, round(height * columns / width))
    total: Field = numpy.zeros((rows, columns), numpy.float32)
    for octave in range(octaves):
        scale = numpy.float32(cells * 2**octave / columns)
        x = (numpy.arange(columns, dtype=numpy.float32) + numpy.float32(0.5))[None, :] * scale
        y = (numpy.arange(rows, dtype=numpy.float32) + numpy.float32(0.5))[:, None] * scale
        total += perlin(x, y, seed + octave, cells * 2**octave) * numpy.float32(1.4 * 0.5**octave)
    return Stretched(total, size, wraps)


class Sheet:
    """Paper: fibres and grain, stains, and edges that are worn where the map has any."""

    def __init__(self, size: tuple[int, int], seed: int, wraps: bool) -> None:
        """`size` is (width, height)."""
        self.size, self.wraps = size, wraps
        self.clouds = mottled(size, 3, seed + 11, 4, wraps)
        self.stains = mottled(size, 5, seed + 23, 3, wraps)
        columns = min(GRAIN, max(size)) * size[0] // max(size)
        rows = max(1, round(size[1] * columns / size[0]))
        bits = hashed(numpy.arange(columns)[None, :], numpy.arange(rows)[:, None], seed + 31)
        grain = (bits >> numpy.uint32(24)).astype(numpy.float32) / numpy.float32(255) - numpy.float32(0.5)
        grain += numpy.roll(grain, 1, axis=1) + numpy.roll(grain, 2, axis=1)  # fibres lie across
        self.grain = Stretched(grain, size, wraps)

    def at(self, rows: slice) -> Field:
        """The colours (3, H, W) of some rows."""
        colours = mix(PAPER, WORN, eased(self.clouds.at(rows), -0.3, 1.1) * numpy.float32(0.55))
        colours = mix(colours, STAIN, eased(self.stains.at(rows), 0.25, 0.75) * numpy.float32(0.16))
        colours = mix(colours, STAIN, self._edges(rows) * numpy.float32(0.45))
        return colours + self.grain.at(rows) * numpy.float32(6)

    def _edges(self, rows: slice) -> Field:
        width, height = self.size
        reach = max(width, height) / 9
        y = numpy.arange(rows.start, rows.stop, dtype=numpy.float32)[:, None]
        away = numpy.minimum(y, height - 1 - y)
        if not self.wraps:
            x = numpy.arange(width, dtype=numpy.float32)[None, :]
            away = numpy.minimum(away, numpy.minimum(x, width - 1 - x))
        return eased(numpy.broadcast_to(away, (len(y), width)), reach, -reach / 3)
