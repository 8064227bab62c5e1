"""Where people would live: at river mouths, on coasts, in plains that are neither dry nor cold."""

import math

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.labels import Label
from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.fields.windows import highest
from transfer.synthesis.land.bends import Bends
from transfer.synthesis.land.refining import Refined

APART = 0.09  # of the long side, at least
RADIUS = 0.011  # of the long side


def sites(
    height: Field,
    relief: Field,
    temperature: Field,
    moisture: Field,
    flow: NDArray[numpy.int64],
    count: int,
    seed: int,
) -> list[tuple[float, float]]:
    """The best places for `count` cities, as x and y in cells; fewer where there is no room.

    All fields are (H, W); `flow` is the drained area in cells. Each city keeps others APART.
    """
    if not count:
        return []
    is_sea = height < 0
    coast = ndimage.uniform_filter(is_sea.astype(numpy.float32), 5)
    most = numpy.float32(max(int(flow.max()), 1))
    river = highest(numpy.sqrt(flow.astype(numpy.float32) / most))
    warm = numpy.clip(1 - numpy.abs(temperature - 16) / 22, 0, 1)
    wet = numpy.clip(moisture * 3, 0, 1)
    by_sea = (coast > 0).astype(numpy.float32)
    luck = hashed(numpy.arange(height.shape[1])[None, :], numpy.arange(height.shape[0])[:, None], seed)
    score = (0.3 + by_sea * 0.5 + river * 0.7 + by_sea * river * 1.2) * (0.2 + warm) * (0.25 + wet)
    score = score / (1 + relief / 250) + luck.astype(numpy.float32) * numpy.float32(0.25 / 2**32)
    score[is_sea | (temperature < -6) | (height > 2500)] = 0
    rows, columns = numpy.arange(height.shape[0])[:, None], numpy.arange(height.shape[1])[None, :]
    apart, found = APART * max(height.shape), []
    for _ in range(count):
        place = int(score.argmax())
        row, column = divmod(place, height.shape[1])
        if score[row, column] <= 0:
            break
        found.append((float(column), float(row)))
        score[(rows - row) ** 2 + (columns - column) ** 2 < apart * apart] = 0
    return found


def blob(x: float, y: float, size: int, shape: tuple[int, int], seed: int) -> tuple[slice, slice, NDArray[numpy.bool_]]:
    """The rows, the columns and the pixels in them that a city at (x, y) covers, on a picture (H, W).

    Its edge is uneven; `size` counts from 0 for the largest city.
    """
    radius = RADIUS * max(shape) * (1.0 if size == 0 else 0.8 if size < 4 else 0.6)
    reach = math.ceil(radius * 1.6)
    rows = slice(max(0, int(y) - reach), min(shape[0], int(y) + reach + 1))
    columns = slice(max(0, int(x) - reach), min(shape[1], int(x) + reach + 1))
    down = (numpy.arange(rows.start, rows.stop)[:, None] - y) / radius
    right = (numpy.arange(columns.start, columns.stop)[None, :] - x) / radius
    cell = max(radius / 4, 1.0)
    lots = hashed(
        numpy.floor(right * radius / cell + 64).astype(numpy.int64),
        numpy.floor(down * radius / cell + 64).astype(numpy.int64),
        seed,
    )
    return rows, columns, down * down + right * right < 0.45 + lots * (1.1 / 2**32)


def built(
    found: list[tuple[float, float]],
    grid: tuple[int, int],
    bent: Bends,
    fine: Refined,
    labels: NDArray[numpy.uint8],
    seed: int,
) -> list[tuple[float, float]]:
    """Writes cities at places of a grid (h, w) into the labels (H, W), and gives them as x and y in pixels.

    A city that would stand in water is left out.
    """
    if not found:
        return []
    shape, coarse = labels.shape, numpy.array(bent.x.shape[::-1])
    cells = (numpy.array(found) + 0.5) * (coarse / numpy.array(grid[::-1])) - 0.5
    points = (bent.shown(cells) + 0.5) * (numpy.array(shape[::-1]) / coarse)
    built = []
    for number, (right, down) in enumerate(points.tolist()):
        x = right % shape[1] if bent.wraps else min(max(right, 0.0), shape[1] - 1)
        y = min(max(down, 0.0), shape[0] - 1)
        rows, columns, is_city = blob(x, y, number, shape, seed + number)
        is_city &= (fine.height[rows, columns] >= 0) & ~fine.lakes[rows, columns]
        if is_city.any():
            labels[rows, columns][is_city] = Label.CITY
            built.append((x, y))
    return built
