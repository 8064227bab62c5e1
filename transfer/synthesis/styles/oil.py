"""Oil: thick strokes of a bristle brush along swirls, from broad to fine, lit from the side."""

import functools
import math
from random import Random

import numpy

from transfer.synthesis.fields.chance import chance
from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field as Levels
from transfer.synthesis.fields.sampled import enlarged, moved
from transfer.synthesis.fields.sheet import fractal_sheet, sheet
from transfer.synthesis.fields.tones import coloured, picture, ramp
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.oil import OilRecipe
from transfer.synthesis.styles.strokes import Brush, Painting, Stroke

PALETTES = {
    "night": "0b1437 14285f 1f4f9c 2f7fc4 57a3cf 9accdc d8e6c8 f0c850 e8a02c b98a34 5b7f3c 3f6453 1c3f5e 3a2f6b",
    "harvest": "3b1f14 7a3318 b8541e e08a2a f3c14b f7e6a0 8fae54 3f7a4a 2c5a78 7fb0c4 a8402f",
    "garden": "16342c 2f6b43 6ba35a b9cf72 f4ecb8 ef9fb0 cf4f74 7d3f86 3f4f9e 6fa8d6 f2b84b",
}
LAYERS = (  # half width and half length of strokes in the picture's long side, and how often they cover the picture
    (0.0170, 0.080, 2.2),
    (0.0090, 0.048, 1.5),
    (0.0050, 0.030, 0.9),
    (0.0026, 0.019, 0.15),
)
GUIDE = 256  # cells along the long side, on which colours and directions are known
BRUSHES = 12
THINNEST = 0.6  # pixels: strokes of less than twice that are not seen


class _Guide:
    """What is painted where: a colour and a direction for each place."""

    def __init__(self, recipe: OilRecipe) -> None:
        side, seed, scale = GUIDE, recipe.seed, recipe.scale
        field = (side, side)
        flow = fractal_sheet(field, scale, seed, 3, 0.35)
        far = numpy.float32(0.5 * side / scale)
        bends = [sheet(field, scale * 1.2, seed + 300 + 50 * axis) * far for axis in (0, 1)]
        bands = moved(fractal_sheet(field, scale * 0.9, seed + 9, 4, 0.5), *bends)
        level = numpy.float32(1.6) * (flow + bands) + numpy.float32(4)
        level = numpy.abs(level - 2 * numpy.floor(level / 2) - 1)  # there and back through the palette
        names = PALETTES[recipe.palette].split()
        self.table = ramp([(number / (len(names) - 1), name) for number, name in enumerate(names)])
        self.lively = eased(sheet(field, scale * 2.4, seed + 21), -0.2, 0.05)
        self.level = level + (1 - self.lively) * (_one_paint(level, len(names)) - level)
        # Lists, since single numbers are read from them much faster than from arrays.
        self._across = (flow[:, 1:] - flow[:, :-1])[:-1].tolist()
        self._down = (flow[1:] - flow[:-1])[:, :-1].tolist()
        self._lively, self._levels = self.lively.tolist(), self.level.tolist()

    def direction(self, row: int, column: int) -> tuple[float, float]:
        """Along the flow, as a unit vector."""
        row, column = min(row, GUIDE - 2), min(column, GUIDE - 2)
        right, down = self._down[row][column], -self._across[row][column]
        long = math.sqrt(right * right + down * down)
        return (right / long, down / long) if long > 1e-9 else (1.0, 0.0)

    def liveliness(self, row: int, column: int) -> float:
        """How much strokes differ from each other and stand out, 0 to 1."""
        return float(self._lively[row][column])

    def colour(self, row: int, column: int, aside: float) -> int:
        """The place in the table of the paint there, or of one `aside` from it in the palette."""
        return int(min(1.0, max(0.0, self._levels[row][column] + aside)) * (len(self.table) - 1))


def _cell(place: float) -> int:
    """The row or the column of a place from 0 to 1."""
    return min(GUIDE - 1, max(0, int(place * GUIDE)))


def _one_paint(level: Levels, colours: int) -> Levels:
    """Levels that stay at one colour of the palette for a while, and then go to the next quickly."""
    place = level * numpy.float32(colours - 1)
    first = numpy.floor(place)
    return numpy.asarray((first + eased(place - first, 0.3, 0.7)) * numpy.float32(1 / (colours - 1)), numpy.float32)


def make(recipe: OilRecipe) -> Making[Made]:
    """Paint from edge to edge."""
    yield 0.0
    guide, random, size, long_side = _Guide(recipe), chance(recipe.seed), recipe.size, max(recipe.size)
    canvas = coloured(enlarged(guide.level, (long_side, long_side))[: recipe.size[1], : recipe.size[0]], guide.table)
    relief: Levels = fractal_sheet(recipe.size, 160, recipe.seed + 5, 2) * numpy.float32(0.1)
    for number, (half_width, half_length, cover) in enumerate(LAYERS):
        wide, long = (half * recipe.strokes * long_side for half in (half_width, half_length))
        if wide < THINNEST:
            break
        painting = Painting(canvas, relief, guide.table, _brushes(wide, recipe.seed + 1000 * number))
        places = _places(recipe, 4 * wide * long / cover, random)
        for done, at in enumerate(places):
            if (stroke := _stroke(size, guide, at, (wide, long), random)) is not None and painting.takes(stroke):
                yield 0.05 + 0.2 * (number + done / len(places))
        painting.dries()
    yield 0.9
    return Made(picture=picture(_lit(canvas, relief, long_side)))


def _places(recipe: OilRecipe, room: float, random: Random) -> list[tuple[float, float]]:
    """Points in pixels, one in `room` pixels, evenly but in no order."""
    step, reach = math.sqrt(room), 1.0
    columns, rows = (math.ceil(side / step + 2 * reach) for side in recipe.size)
    found = [
        ((column - reach + random.random()) * step, (row - reach + random.random()) * step)
        for row in range(rows)
        for column in range(columns)
    ]
    random.shuffle(found)
    return found


def _brushes(wide: float, seed: int) -> list[Brush]:
    """Marks of a brush: how much paint covers, how high it stands, and how the second colour is mixed in."""
    rows = max(16, min(256, math.ceil(2 * wide)))
    made = (_mark(seed + 31 * number) for number in range(BRUSHES))
    return [tuple(enlarged(each, (4 * rows, rows)) for each in mark) for mark in made]  # type: ignore[misc]


@functools.lru_cache(maxsize=len(LAYERS) * BRUSHES)
def _mark(seed: int) -> Brush:
    """Likewise of one brush, in 160 x 40 pixels."""
    bristles = fractal_sheet((160, 40), 14, seed, 3, 0.7, 0.07)[:, :1]
    marks = fractal_sheet((160, 40), 4, seed + 7, 4, 0.6, 0.12) + numpy.float32(0.6) * bristles
    mixing = fractal_sheet((160, 40), 2, seed + 13, 2, 0.6, 0.3)
    along = numpy.linspace(-1, 1, 160, dtype=numpy.float32)[None, :]
    across = numpy.linspace(-1, 1, 40, dtype=numpy.float32)[:, None]
    ragged = numpy.asarray(numpy.float32(0.16) * bristles + numpy.float32(0.14) * marks, dtype=numpy.float32)
    ends = eased(numpy.asarray(1 - numpy.abs(along) + ragged, dtype=numpy.float32), 0.06, 0.2)
    sides = eased(numpy.asarray(1 - numpy.abs(across) + numpy.float32(0.2) * marks, dtype=numpy.float32), 0.02, 0.24)
    dry = eased(numpy.asarray(marks + numpy.float32(1.3) - numpy.float32(1.1) * numpy.maximum(along, 0)), 0.0, 0.5)
    ridge = numpy.float32(0.35) * eased(numpy.abs(across), 0.55, 0.9)
    high = numpy.float32(0.55) + numpy.float32(0.75) * marks + ridge
    return ends * sides * dry, high, mixing


def _stroke(
    size: tuple[int, int],
    guide: _Guide,
    at: tuple[float, float],
    halves: tuple[float, float],
    random: Random,
) -> Stroke | None:
    """One curved stroke; None if it lies beside the picture."""
    brush = random.randrange(BRUSHES)
    side = max(size)
    wide, long = (half * random.uniform(0.7, 1.2) for half in halves)
    x, y = at[0] / side, at[1] / side
    row, column = _cell(y), _cell(x)
    right, down = guide.direction(row, column)
    ahead = guide.direction(_cell(y + down * long / side), _cell(x + right * long / side))
    bend = min(0.5, max(-0.5, right * ahead[1] - down * ahead[0])) / 2 * long
    reach_x, reach_y = (abs(a) * long + abs(b) * (wide + abs(bend)) for a, b in ((right, down), (down, right)))
    left, columns = _span(at[0], reach_x, size[0])
    top, rows = _span(at[1], reach_y, size[1])
    if columns <= 0 or rows <= 0:
        return None
    lively = guide.liveliness(row, column)
    vary = 0.06 + 0.94 * lively
    first = guide.colour(row, column, vary * random.uniform(-0.1, 0.1)), 1 + vary * random.uniform(-0.1, 0.08)
    second = guide.colour(row, column, vary * random.uniform(-0.28, 0.28)), 1 + vary * random.uniform(-0.08, 0.15)
    return Stroke(
        left, top, columns, rows, brush, *at, right, down, 1 / long, 1 / wide, bend / wide, lively, *first, *second
    )


def _span(at: float, reach: float, side: int) -> tuple[int, int]:
    """The first pixel that a stroke may reach, and how many there are."""
    first = max(0, int(at - reach))
    return first, min(side, int(at + reach) + 2) - first


def _lit(canvas: Levels, relief: Levels, long_side: int) -> Levels:
    """The paint with light from the upper left, and its gloss."""
    tilt: Levels = numpy.zeros_like(relief)
    tilt[1:-1, 1:-1] = numpy.float32(0.55) * (relief[1:-1, 2:] - relief[1:-1, :-2])
    tilt[1:-1, 1:-1] += numpy.float32(0.75) * (relief[2:, 1:-1] - relief[:-2, 1:-1])
    tilt = numpy.clip(tilt * numpy.float32(0.65 * math.sqrt(long_side / 1024)), -0.6, 0.6)
    gloss = numpy.clip(tilt - numpy.float32(0.1), 0, 1)
    return numpy.asarray(
        canvas * (1 + numpy.float32(0.55) * tilt[..., None]) + numpy.float32(150) * (gloss * gloss)[..., None]
    )
