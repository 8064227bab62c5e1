"""The height as lightness, as games read it."""

import numpy
from PIL import Image

from transfer.synthesis.terrain import Terrain


def draw(terrain: Terrain, seed: int) -> Image.Image:
    """Black is the lowest place, white the highest."""
    levels, _ = terrain.elevation()
    return Image.fromarray((levels >> 8).astype(numpy.uint8)).convert("RGB")
