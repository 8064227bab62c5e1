"""Land to draw: plausible, quick, and made without the generators that are tested elsewhere."""

import numpy
from numpy.typing import NDArray

from transfer.labels import Label, LabelMap
from transfer.synthesis.fields.noise import TURN, Field, hashed, perlin
from transfer.synthesis.made import River
from transfer.synthesis.terrain import Terrain


def island_and_sea(width: int, height: int, seed: int = 7, wraps: bool = False) -> Terrain:
    """Continents and islands between ice in the north and south and a desert in the middle, with rivers and towns."""
    ground = _ground(width, height, seed, wraps)
    x, y = _grid(width, height, 3.0)
    latitude = numpy.abs(numpy.arange(height, dtype=numpy.float32) / numpy.float32(height) * 2 - 1)[:, None]
    temperature = 30 - 44 * latitude * latitude - numpy.maximum(ground, 0) * numpy.float32(0.006) + ground * 0
    wet = _fractal(x, y, seed + 50, 4) if not wraps else _periodic(width, height, 3, seed + 50, 4)
    belt = numpy.clip(1 - numpy.abs(latitude - 0.3) / 0.3, 0, 1)
    moisture = numpy.clip(0.52 + wet * 1.1 - belt * belt * 0.4, 0, 1)
    moisture = moisture.astype(numpy.float32)
    labels = _labels(ground, temperature, moisture)
    rivers = tuple(_rivers(ground, seed))
    cities = _cities(rivers, ground)
    rows, columns = numpy.mgrid[0:height, 0:width]
    for town_x, town_y in cities:
        near = (columns - town_x) ** 2 + (rows - town_y) ** 2 < (max(width, height) / 70) ** 2
        labels[near & (ground >= 0)] = Label.CITY
    lakes = (ground > 150) & (ground < 230) & (wet > 0.25)
    labels[lakes] = Label.WATER
    return Terrain(
        ground, temperature.astype(numpy.float32), moisture, LabelMap.of(labels), lakes, rivers, cities, wraps
    )


def slope_to(direction: tuple[float, float], side: int = 96, label: Label = Label.MOUNTAIN) -> Terrain:
    """A cone of rock that stands on high ground: no sea, no rivers. `direction` shifts its top, in shares."""
    y, x = numpy.mgrid[0:side, 0:side].astype(numpy.float32) / numpy.float32(side) - numpy.float32(0.5)
    away = numpy.sqrt((x - direction[0]) ** 2 + (y - direction[1]) ** 2)
    return plain_of(1500 + numpy.maximum(0, 0.4 - away) * 6000, label)


def plain_of(height: NDArray, label: Label, temperature: float = 15, moisture: float = 0.5) -> Terrain:
    """Land or sea of this height (H, W) in metres, all of one label and climate."""
    shape = height.shape
    return Terrain(
        height.astype(numpy.float32),
        numpy.full(shape, temperature, numpy.float32),
        numpy.full(shape, moisture, numpy.float32),
        LabelMap.of(numpy.full(shape, label, numpy.uint8)),
        numpy.zeros(shape, bool),
    )


def _periodic(width: int, height: int, cells: int, seed: int, octaves: int) -> Field:
    total: Field = numpy.zeros((height, width), numpy.float32)
    for octave in range(octaves):
        x, y = _grid(width, height, cells * 2**octave * max(width, height) / width)
        total += perlin(x, y, seed + octave, cells * 2**octave) * numpy.float32(0.5**octave)
    return total


def _ground(width: int, height: int, seed: int, wraps: bool) -> Field:
    octaves = max(4, int(numpy.log2(max(width, height))) - 2)
    if wraps:
        land = _periodic(width, height, 3, seed, octaves)
        ridges = 1 - numpy.abs(_periodic(width, height, 5, seed + 9, octaves)) * 2
    else:
        x, y = _grid(width, height, 2.6)
        bent = _fractal(x, y, seed + 3, 4) * numpy.float32(0.35)
        land = _fractal(x + bent, y - bent, seed, octaves) * numpy.float32(1.4)
        ridges = 1 - numpy.abs(_fractal(x * 2 + bent, y * 2, seed + 9, octaves, 0.55)) * numpy.float32(2.6)
    raw = land + numpy.float32(0.02)
    inland = numpy.clip(raw * 3, 0, 1)
    up = inland * (350 + 3600 * numpy.clip(ridges, 0, 1) ** 3) + raw * 900
    return numpy.where(raw > 0, up, raw * 9000).astype(numpy.float32)


def _labels(ground: Field, temperature: Field, moisture: Field) -> NDArray[numpy.uint8]:
    labels = numpy.full(ground.shape, Label.PLAIN, numpy.uint8)
    labels[moisture > 0.55] = Label.FOREST
    labels[(moisture < 0.3) & (temperature > 8)] = Label.DESERT
    labels[ground > 1500] = Label.MOUNTAIN
    labels[temperature < -6] = Label.ICE
    labels[ground < 0] = Label.WATER
    labels[ground < -1800] = Label.DEEP_WATER
    return labels


def _rivers(ground: Field, seed: int) -> list[River]:
    """From the highest places down the steepest way, on a coarse grid, until the sea or a hollow."""
    step = max(1, max(ground.shape) // 96)
    coarse = ground[step // 2 :: step, step // 2 :: step].astype(numpy.float64)
    found: list[River] = []
    order = numpy.argsort(-coarse, axis=None, kind="stable")
    for start in order[: coarse.size // 8 : max(1, coarse.size // 320)]:
        row, column = divmod(int(start), coarse.shape[1])
        if coarse[row, column] < 400:
            continue
        path, seen = [(row, column)], {(row, column)}
        while coarse[row, column] > 0 and len(path) < 90:
            near = [
                (coarse[r, c], r, c)
                for r in range(max(0, row - 1), min(coarse.shape[0], row + 2))
                for c in range(max(0, column - 1), min(coarse.shape[1], column + 2))
                if (r, c) not in seen
            ]
            if not near:
                break
            _, row, column = min(near)
            seen.add((row, column))
            path.append((row, column))
        if coarse[row, column] <= 0 and len(path) > 5:
            points = numpy.array([((c + 0.5) * step, (r + 0.5) * step) for r, c in path])
            chance = hashed(numpy.arange(len(path))[:, None], numpy.arange(2)[None, :], seed)
            jitter = (chance / 2.0**31 - 1) * 0.28 * step
            widths = numpy.linspace(0.4, 3.2, len(path)) * max(ground.shape) / 1024
            found.append(River(points + jitter, widths))
    return found


def _cities(rivers: tuple[River, ...], ground: Field) -> tuple[tuple[float, float], ...]:
    mouths = []
    for river in rivers[::3]:
        for x, y in river.points[::-1]:
            if ground[min(int(y), ground.shape[0] - 1), min(int(x), ground.shape[1] - 1)] > 0:
                mouths.append((float(x), float(y)))
                break
    return tuple(mouths[:6])


def _fractal(x: Field, y: Field, seed: int, octaves: int, gain: float = 0.5) -> Field:
    """Octaves of `perlin`, each twice as fine as the last and `gain` times as strong; about -1 to 1."""
    total: Field = numpy.zeros(numpy.broadcast_shapes(x.shape, y.shape), numpy.float32)
    strength, sum_of_strengths = numpy.float32(1), 0.0
    cosine, sine = map(numpy.float32, TURN)
    for octave in range(octaves):
        total += strength * perlin(x, y, seed + octave * 101)
        sum_of_strengths += float(strength) * 0.7
        strength = numpy.float32(strength * gain)
        x, y = (cosine * x - sine * y) * 2 + numpy.float32(17.3), (sine * x + cosine * y) * 2 + numpy.float32(5.9)
    return numpy.asarray(total / numpy.float32(sum_of_strengths), dtype=numpy.float32)


def _grid(width: int, height: int, cells: float) -> tuple[Field, Field]:
    """x (1, W) and y (H, 1) of the pixels' centres, where the long side has `cells` lattice cells."""
    scale = numpy.float32(cells / max(width, height))
    x = (numpy.arange(width, dtype=numpy.float32) + numpy.float32(0.5)) * scale
    y = (numpy.arange(height, dtype=numpy.float32) + numpy.float32(0.5)) * scale
    return x[None, :], y[:, None]
