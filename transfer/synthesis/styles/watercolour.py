"""Watercolour: washes over each other that dry with dark edges and grain on rough paper."""

import numpy

from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field as Levels
from transfer.synthesis.fields.sampled import looked_up
from transfer.synthesis.fields.sheet import fractal_sheet, ridged_sheet, sheet
from transfer.synthesis.fields.tones import coloured, picture, ramp, rgb
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.watercolour import WatercolourRecipe

PAPER = "fbf6ea"
ROOM = 1.45  # the square that washes are turned in, beside the picture's long side
PALETTES = {
    "coast": "14418f 1f7fae 2fb0a8 8fcfa8 f2c94c ef8f3c e0564f b8406f 6f4a9c 2f4f9f",
    "meadow": "2f7a4a 6fae3f c4c83a f7d23e f09a3c dc5a4a d9588f 8a5aae 3f7fc0 2f9a9a",
    "dusk": "2f2f7a 6a3f9c b0428f e04f6f f2783f f7b53c f2d98a 7fa8b8 3f6fae 3a3f86",
}
WASHES = (  # cells along the long side, from which level on there is paint, how dense it is, how long, which hue beside
    (2.0, -0.42, 0.50, 1.0, 0.00),
    (2.8, -0.02, 0.56, 1.6, 0.04),
    (4.0, 0.04, 0.58, 2.4, -0.05),
    (5.5, 0.10, 0.62, 1.0, 0.08),
    (7.0, 0.14, 0.68, 4.0, -0.09),
    (10.0, 0.16, 0.72, 5.0, 0.03),
    (15.0, 0.20, 0.76, 3.0, 0.42),
    (19.0, 0.22, 0.82, 6.0, -0.12),
    (30.0, 0.26, 0.84, 2.0, 0.50),
    (48.0, 0.32, 0.88, 1.0, 0.10),
)
TURNS = ((0.96, 0.28), (0.6, 0.8), (0.28, -0.96), (0.8, -0.6), (-0.28, 0.96))  # cosines and sines


def make(recipe: WatercolourRecipe) -> Making[Made]:
    """Washes from broad to small, and the paper that shows through."""
    yield 0.0
    size, seed = recipe.size, recipe.seed
    names = PALETTES[recipe.palette].split()
    pigments = ramp([(number / len(names), name) for number, name in enumerate([*names, names[0]])])
    paper = fractal_sheet(size, 130, seed + 17, 3, 0.8)
    canvas = numpy.array(rgb(PAPER), numpy.float32) * (1 + numpy.float32(0.05 + 0.06 * recipe.grain) * paper)[..., None]
    bent = _Bent(recipe)
    blooms = bent.turned(ridged_sheet(bent.square, 9 * recipe.scale, seed + 401, 5, 0.55), 0)
    hue = bent.turned(fractal_sheet(bent.square, 2.4 * recipe.scale, seed + 5, 3, 0.5), 1) * numpy.float32(1.3)
    yield 0.1
    for number, (cells, level, density, tall, aside) in enumerate(WASHES):
        cells *= recipe.scale * ROOM
        shape = bent.turned(fractal_sheet(bent.square, cells, seed + 1000 * number + 11, 9, 0.45, tall), number)
        water = sheet(size, cells, seed + 1000 * number + 13)
        cover = _wash(shape, level, water, blooms, paper, recipe.grain) * numpy.float32(density)
        place = hue + numpy.float32(0.25) * water + numpy.float32(aside + 10)
        pigment = coloured(place - numpy.floor(place), pigments)
        canvas *= 1 - cover[..., None] * (numpy.float32(0.96) - pigment * numpy.float32(0.96 / 255))
        yield 0.15 + 0.075 * (number + 1)
    return Made(picture=picture(canvas))


def _wash(shape: Levels, level: float, water: Levels, blooms: Levels, paper: Levels, rough: float) -> Levels:
    """How much pigment is where (H, W), 0 to 1: most at the edge, where it was carried while the wash dried."""
    inside = shape - numpy.float32(level)
    body = eased(inside, 0.0, 0.012)
    rim = 1 - eased(inside, 0.004, 0.05)
    pooled = numpy.float32(0.62) + numpy.float32(0.55) * water + numpy.float32(0.35) * (blooms - numpy.float32(0.4))
    amount = pooled + numpy.float32(0.5) * rim - numpy.float32(0.5 * rough) * paper
    return numpy.asarray(body * numpy.clip(amount, 0.06, 1), dtype=numpy.float32)


class _Bent:
    """Turns each wash its own way and bends all alike, as one hand would. They are made on a square of half as many
    pixels, which their edges do not show."""

    def __init__(self, recipe: WatercolourRecipe) -> None:
        self.long_side = max(recipe.size)
        half = max(32, round(self.long_side * ROOM / 2))
        self.square = (half, half)
        far = numpy.float32(0.09 * self.long_side)
        bends = [fractal_sheet(recipe.size, 3.1, recipe.seed + 600 + 50 * axis, 2, 0.3) * far for axis in (0, 1)]
        columns, rows = (
            numpy.arange(side, dtype=numpy.float32) - numpy.float32((side - 1) / 2) for side in recipe.size
        )
        self.x: Levels = columns[None, :] + bends[0]
        self.y: Levels = rows[:, None] + bends[1]

    def turned(self, field: Levels, number: int) -> Levels:
        """The field on the picture's pixels (H, W)."""
        scale = self.square[0] / (self.long_side * ROOM)
        cosine, sine = (numpy.float32(each * scale) for each in TURNS[number % len(TURNS)])
        middle = numpy.float32((self.square[0] - 1) / 2)
        x: Levels = cosine * self.x - sine * self.y + middle
        y: Levels = sine * self.x + cosine * self.y + middle
        return looked_up(field, x, y)
