"""Clouds: fractal noise, as a graphics program renders it."""

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import TURN
from transfer.synthesis.fields.sampled import looked_up
from transfer.synthesis.fields.sheet import fractal_steps, sheet
from transfer.synthesis.fields.tones import coloured, picture, ramp
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.clouds import CloudsRecipe

COLOURS = {
    "grey": ramp([(0, "#000000"), (1, "#ffffff")]),
    "sky": ramp(
        [(0, "#1f5fae"), (0.34, "#3f83cb"), (0.5, "#7fb1e0"), (0.62, "#c3daee"), (0.76, "#f1f5f8"), (1, "#ffffff")]
    ),
    "dusk": ramp(
        [(0, "#1c1b3a"), (0.25, "#44305f"), (0.45, "#94476b"), (0.6, "#d9705a"), (0.75, "#f5ae64"), (1, "#fff0c4")]
    ),
}
ROOM = 1.45  # the square of noise beside the long side of the picture, which is turned within it


def make(recipe: CloudsRecipe) -> Making[Made]:
    """Clouds; how bright they are is their height."""
    yield 0.0
    noise = yield from _noise(recipe)
    levels = numpy.clip(numpy.float32(0.5) + numpy.float32(1.1 * recipe.contrast) * noise, 0, 1)
    return Made(
        picture=picture(coloured(levels, COLOURS[recipe.colour])),
        height=(levels * 65535 + 0.5).astype(numpy.uint16),
    )


def _noise(recipe: CloudsRecipe) -> Making[NDArray[numpy.float32]]:
    """Octaves of noise (H, W), about -0.5 to 0.5, turned and bent so that its lattice is not seen."""
    longest = round(max(recipe.size) * ROOM)
    wide, scale = (longest, longest), recipe.scale * ROOM
    noise = yield from fractal_steps(wide, scale, recipe.seed, 11, recipe.roughness, span=(0.0, 0.5))
    left, top = ((longest - side) // 2 for side in recipe.size)
    middle = numpy.float32((longest - 1) / 2)
    x = numpy.arange(left, left + recipe.size[0], dtype=numpy.float32)[None, :] - middle
    y = numpy.arange(top, top + recipe.size[1], dtype=numpy.float32)[:, None] - middle
    far = numpy.float32(0.3 * longest / scale)
    drift = [sheet(recipe.size, recipe.scale * 0.8, recipe.seed + 7001 + 50 * axis) * far for axis in (0, 1)]
    yield 0.6
    cosine, sine = map(numpy.float32, TURN)
    right = cosine * x - sine * y + middle + drift[0]
    down = sine * x + cosine * y + middle + drift[1]
    return looked_up(noise, right, down)
