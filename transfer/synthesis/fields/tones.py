"""Colours from numbers, and bytes from colours without bands."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.fields.sheet import BAND

Colour = tuple[int, int, int]
STEPS = 1024


def ramp(stops: Sequence[tuple[float, Colour | str]]) -> Field:
    """A table (1024, 3) of colours, 0 to 255, through these stops: (0 to 1, colour)."""
    places = [place for place, _ in stops]
    colours = [rgb(colour) for _, colour in stops]
    at = [k / (STEPS - 1) for k in range(STEPS)]
    table: Field = numpy.empty((STEPS, 3), numpy.float32)
    for channel in range(3):
        table[:, channel] = numpy.interp(at, places, [colour[channel] for colour in colours])
    return table


def coloured(levels: Field, table: Field) -> Field:
    """Colours (H, W, 3) of levels (H, W), 0 to 1."""
    places = numpy.clip(levels * numpy.float32(STEPS - 1) + numpy.float32(0.5), 0, STEPS - 1)
    found: Field = numpy.take(table, places.astype(numpy.int16), axis=0)
    return found


def rgb(colour: Colour | str) -> Colour:
    """A colour as three bytes; a text is #rrggbb."""
    if isinstance(colour, str):
        red, green, blue = bytes.fromhex(colour.removeprefix("#"))
        return red, green, blue
    return colour


def dithered(levels: Field) -> NDArray[numpy.uint8]:
    """Levels (H, W) or (H, W, 3), 0 to 255, as bytes: noise of one step decides what is between two, so that no bands
    are seen."""
    found = numpy.empty(levels.shape, numpy.uint8)
    columns = numpy.arange(levels.shape[1])[None, :]
    for begin in range(0, levels.shape[0], BAND):
        band = slice(begin, min(begin + BAND, levels.shape[0]))
        bits = hashed(columns, numpy.arange(band.start, band.stop)[:, None], 0) >> numpy.uint32(16)
        noise = bits.astype(numpy.float32) * numpy.float32(1 / 65536)
        found[band] = numpy.clip(levels[band] + (noise[..., None] if levels.ndim == 3 else noise), 0, 255)
    return found


def picture(levels: Field) -> Image.Image:
    """Grey levels (H, W) or colours (H, W, 3), 0 to 255, as a picture in colours."""
    return Image.fromarray(dithered(levels)).convert("RGB")


def grain(size: tuple[int, int], seed: int) -> Field:
    """Independent values (H, W) from -1 to 1, one for each pixel."""
    bits = hashed(numpy.arange(size[0])[None, :], numpy.arange(size[1])[:, None], seed) >> numpy.uint32(8)
    return bits.astype(numpy.float32) * numpy.float32(2 / 2**24) - 1
