"""Flow fields: long smooth strokes of colour along the curl of noise, none over another."""

import math
from random import Random

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from transfer.synthesis.fields.chance import chance
from transfer.synthesis.fields.sheet import fractal_sheet
from transfer.synthesis.fields.tones import grain, picture, rgb
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.flow import FlowRecipe

PALETTES = {  # the ground, then the strokes
    "meadow": "f4ecd8 264653 2a9d8f 8ab17d e9c46a f4a261 e76f51 2f3e46 c8553d",
    "ember": "17121c f94144 f3722c f8961e f9c74f ffe8a3 9d0208 6a040f 577590",
    "lagoon": "f1f5ee 03045e 0077b6 00b4d8 90e0ef 48bfa8 ffd166 ef476f 1b4965",
    "ink": "f7f3ea 14110f 34312d 6b645a 9a9184 b23a2e d9cbb0 22333b",
    "orchard": "fbf1e3 5f0f40 9a031e fb8b24 e36414 0f4c5c 7a9e7e f2c14e 3d2645",
}
GRID = 512  # cells along the long side, in which strokes keep clear of each other
EDGE = 64  # cells of the grid beyond each edge
COARSE = 2  # cells of the grid that share a direction, both ways
GAP = 0.0022  # of the long side, between strokes
REACH = 0.004  # of the long side: a step along a stroke
# Half the width of strokes, how many are tried, and how many steps they are long.
PASSES = ((0.016, 260, 150), (0.0095, 500, 110), (0.0055, 900, 80), (0.003, 2000, 50))
THINNEST = 0.8  # pixels: strokes of less than twice that are not seen
Traces = NDArray[numpy.float32]
Stroke = tuple[Traces, float]


def make(recipe: FlowRecipe) -> Making[Made]:
    """Strokes from wide to thin, each as far as there is room for it."""
    found = yield from strokes(recipe)
    drawn = yield from _drawn(recipe, found)
    paper = grain(recipe.size, recipe.seed + 3) * numpy.float32(2.5)
    paper += fractal_sheet(recipe.size, 90, recipe.seed + 4, 3) * numpy.float32(4)
    return Made(picture=picture(numpy.asarray(drawn, numpy.float32) + paper[..., None]))


def strokes(recipe: FlowRecipe) -> Making[list[Stroke]]:
    """Points (N, 2) along the middle of each stroke, x and y in the picture's long side, and half its width."""
    yield 0.0
    flow, random = _flow(recipe), chance(recipe.seed)
    box = (recipe.size[0] / max(recipe.size), recipe.size[1] / max(recipe.size))
    taken = numpy.zeros((math.ceil(box[1] * GRID) + 2 * EDGE, math.ceil(box[0] * GRID) + 2 * EDGE), numpy.bool_)
    found: list[Stroke] = []
    for done, (half, count, steps) in enumerate(PASSES):
        if half * recipe.width * max(recipe.size) < THINNEST:
            break
        starts = numpy.array(
            [(random.uniform(-0.05, box[0] + 0.05), random.uniform(-0.05, box[1] + 0.05)) for _ in range(count)],
            numpy.float32,
        )
        widths = numpy.array([half * recipe.width * random.uniform(0.75, 1.25) for _ in range(count)])
        cells = (starts * GRID + EDGE).astype(numpy.int64)
        free = ~taken[cells[:, 1], cells[:, 0]]
        traces = _traced(flow, starts[free], steps)
        places, smooth = _beside(traces, widths[free], taken)
        for trace, wide, place, able in zip(traces, widths[free].tolist(), places, smooth, strict=True):
            blocked = taken.ravel()[place]
            if not blocked[0, steps // 2]:
                room = _room(trace, wide, able & ~blocked.any(axis=0))
                if len(room) * REACH > 5 * wide:
                    _take(room, wide, taken)
                    found.append((room, wide))
        yield 0.1 + 0.12 * done
    return found


def _flow(recipe: FlowRecipe) -> Traces:
    """Unit vectors (n, n, 2), one for COARSE x COARSE cells of the grid and beyond its edges: the curl of a noise
    (Bridson 2007), which never meets in a point."""
    side = (GRID + 2 * EDGE) // COARSE
    cells = recipe.scale * (GRID + 2 * EDGE) / GRID
    potential = fractal_sheet((side, side), cells, recipe.seed, 5, 0.12 + 0.3 * recipe.turbulence)
    down, right = potential[1:, :-1] - potential[:-1, :-1], potential[:-1, 1:] - potential[:-1, :-1]
    long = numpy.sqrt(down * down + right * right) + numpy.float32(1e-9)
    return numpy.stack([down / long, -right / long], axis=-1)


def _traced(flow: Traces, starts: Traces, steps: int) -> Traces:
    """Points (N, steps + 1, 2) of lines that begin `steps / 2` before each start, in the picture's long side."""
    vectors, across, last = flow.reshape(-1, 2), flow.shape[1], numpy.int32(flow.shape[0] - 1)
    scale, begin = numpy.float32(GRID / COARSE), numpy.float32(EDGE / COARSE)

    def there(at: Traces) -> Traces:
        cell = numpy.maximum(numpy.minimum((at * scale + begin).astype(numpy.int32), last), 0)
        found: Traces = vectors[cell[:, 1] * across + cell[:, 0]]
        return found

    line = numpy.empty((steps + 1, len(starts), 2), numpy.float32)
    line[steps // 2] = starts
    for sign in (-1, 1):
        whole = numpy.float32(sign * REACH)
        for step in range(steps // 2):
            at = line[steps // 2 + sign * step]
            line[steps // 2 + sign * (step + 1)] = at + whole * there(at + whole / 2 * there(at))
    return line.transpose(1, 0, 2)


def _beside(
    traces: Traces, widths: NDArray[numpy.float64], taken: NDArray[numpy.bool_]
) -> tuple[NDArray[numpy.int64], NDArray[numpy.bool_]]:
    """For each point of each line: the cells (N, 5, S) under it and beside it, as places in `taken`; and whether it
    lies inside, where no bend is so tight that the stroke's inner side would fold (N, S)."""
    most = numpy.array((taken.shape[1] - 1, taken.shape[0] - 1), numpy.int64)
    cell = (traces * GRID + EDGE).astype(numpy.int64)
    able = numpy.asarray(((cell >= 0) & (cell <= most)).all(axis=2))
    ahead = numpy.gradient(traces, axis=1) / numpy.float32(REACH)
    turn = numpy.abs(ahead[:, 1:, 0] * ahead[:, :-1, 1] - ahead[:, 1:, 1] * ahead[:, :-1, 0])
    able[:, 1:] &= turn < (REACH / (1.1 * widths))[:, None]
    side = numpy.stack([-ahead[..., 1], ahead[..., 0]], axis=2) * ((widths + GAP) * GRID)[:, None, None]
    under = numpy.minimum(numpy.maximum(cell, 0), most)
    places = numpy.empty((len(traces), 5, traces.shape[1]), numpy.int64)
    for number, part in enumerate((0, -1, -0.5, 0.5, 1)):
        beside = numpy.minimum(numpy.maximum((under + part * side).astype(numpy.int64), 0), most)
        places[:, number] = beside[..., 1] * taken.shape[1] + beside[..., 0]
    return places, able


def _room(trace: Traces, wide: float, free: NDArray[numpy.bool_]) -> Traces:
    """The longest part of a line that is free."""
    ends = numpy.flatnonzero(~numpy.concatenate([[False], free, [False]]))
    lengths = numpy.diff(ends)
    best = int(numpy.argmax(lengths))
    cut = math.ceil(wide / REACH / 2)  # room for its round ends
    found = trace[ends[best] + cut : max(ends[best] + cut, ends[best] + lengths[best] - 1 - cut)]
    return _once_round(found, 2 * wide + GAP)


def _once_round(trace: Traces, clear: float) -> Traces:
    """The line up to where it comes back to its beginning."""
    if not len(trace):
        return trace
    away = trace - trace[0]
    near = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] < clear * clear
    left = int(numpy.argmin(near))  # the first point that is away
    back = near[left:]
    return trace[: left + int(numpy.argmax(back))] if left and back.any() else trace


def _take(trace: Traces, wide: float, taken: NDArray[numpy.bool_]) -> None:
    radius = (wide + GAP / 2) * GRID
    reach = math.ceil(radius)
    offsets = numpy.arange(-reach, reach + 1)
    disc = numpy.argwhere(offsets[:, None] ** 2 + offsets[None, :] ** 2 <= radius * radius) - reach
    cell = (trace[:: max(1, int(radius / 4))] * GRID + EDGE).astype(numpy.int64)
    rows = numpy.clip(cell[:, 1, None] + disc[:, 0], 0, taken.shape[0] - 1)
    columns = numpy.clip(cell[:, 0, None] + disc[:, 1], 0, taken.shape[1] - 1)
    taken[rows, columns] = True


def _drawn(recipe: FlowRecipe, found: list[Stroke]) -> Making[Image.Image]:
    ground, *colours = (rgb(each) for each in PALETTES[recipe.palette].split())
    times = 2 if max(recipe.size) <= 4096 else 1
    scale = max(recipe.size) * times
    image = Image.new("RGB", (recipe.size[0] * times, recipe.size[1] * times), ground)
    draw = ImageDraw.Draw(image)
    tint = fractal_sheet((64, 64), recipe.scale * 1.3, recipe.seed + 77, 2)
    for number, (trace, wide) in enumerate(found):
        random = chance(recipe.seed + 1 + number)  # one for each, so that no size changes the next one's colour
        x, y = numpy.clip(trace[len(trace) // 2] * 63, 0, 63).astype(int)
        at = 0.5 + 0.8 * float(tint[y, x]) + random.uniform(-0.35, 0.35)
        colour = colours[int(at * len(colours)) % len(colours)]
        _stroke(draw, trace * numpy.float32(scale), wide * scale, colour, random)
        if number % 500 == 499:
            yield 0.6 + 0.3 * number / len(found)
    return image.reduce(times) if times > 1 else image


def _stroke(draw: ImageDraw.ImageDraw, line: Traces, wide: float, colour: tuple[int, int, int], random: Random) -> None:
    """One stroke with round ends, and the marks of a few bristles on it."""
    ahead = numpy.gradient(line, axis=0)
    long = numpy.sqrt(ahead[:, :1] * ahead[:, :1] + ahead[:, 1:] * ahead[:, 1:]) + numpy.float32(1e-6)
    side = numpy.stack([-ahead[:, 1], ahead[:, 0]], axis=1) / long
    outline = numpy.concatenate([line + numpy.float32(wide) * side, (line - numpy.float32(wide) * side)[::-1]])
    draw.polygon(outline.ravel().tolist(), colour)
    for x, y in (line[0].tolist(), line[-1].tolist()):
        draw.ellipse((x - wide, y - wide, x + wide, y + wide), colour)
    for _ in range(int(wide / 3) if wide > 5 else 0):
        offset, thin = random.uniform(-0.85, 0.85) * wide, max(0.5, random.uniform(0.02, 0.09) * wide)
        first, last = sorted((random.randrange(len(line)), random.randrange(len(line))))
        if last - first < 4:
            continue
        part, across = (
            line[first:last] + numpy.float32(offset) * side[first:last],
            numpy.float32(thin) * side[first:last],
        )
        change = random.choice((-26, -14, 14, 26))
        shade = tuple(min(255, max(0, channel + change)) for channel in colour)
        draw.polygon(numpy.concatenate([part + across, (part - across)[::-1]]).ravel().tolist(), shade)
