"""How land becomes a picture."""

import numpy
from PIL import Image, ImageDraw

from transfer.labels import Label
from transfer.synthesis.terrain import Terrain


def drawn(terrain: Terrain, look: str, seed: int) -> Image.Image:
    """The land as a picture (a stand-in until the looks are there)."""
    height = numpy.maximum(terrain.height, 0)
    scale = numpy.float32(max(height.shape) / 256 / 900)
    light = (numpy.gradient(height, axis=0) + numpy.gradient(height, axis=1)) * scale
    light = numpy.clip(0.75 + 0.5 * light / numpy.sqrt(1 + light * light), 0, 1.3)
    colours = numpy.zeros((256, 3), numpy.float32)
    tints = ((28, 62, 112), (86, 146, 190), (168, 190, 118), (222, 202, 150), (92, 136, 84), (160, 140, 120))
    for label, colour in zip(Label, (*tints, (244, 248, 250), (190, 60, 50)), strict=True):
        colours[label] = colour
    lit = colours[terrain.labels.values] * numpy.where(terrain.is_water, 1, light)[..., None]
    image = Image.fromarray(numpy.clip(lit, 0, 255).astype(numpy.uint8))
    pen = ImageDraw.Draw(image)
    for river in terrain.rivers:
        pen.line([tuple(each) for each in river.points], (70, 120, 170), max(1, round(float(river.widths.max()))))
    return image
