"""Rivers on the picture: where it shows them, and the beds that they have cut."""

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.land.bends import Bends, meanders
from transfer.synthesis.land.drainage import Drainage, Whole
from transfer.synthesis.land.rivers import Courses, curve, smoothed, width
from transfer.synthesis.made import River

STEP = 0.75  # of a pixel between points, at most
MOUTH = -1.0  # metres
GAP, REACH = 4, 20  # pixels of land before the sea that are seen as a gap; cells in which a river looks for the sea


def channels(
    found: Courses, drainage: Drainage, flow: Whole, coarse: Field, bent: Bends, height: Field, seed: int
) -> list[River]:
    """The rivers of a picture whose heights (H, W) are in metres above the sea; their beds are cut into it.

    No river runs uphill afterwards, and each ends in water, in another river, or where the drainage leaves the map.
    Where the map goes round, a river that crosses the seam is listed twice, once for each side.
    """
    if not len(found.nodes):
        return []
    points = _points(found, drainage, bent.wraps)
    points = points + meanders(coarse.shape, seed, bent.wraps).at(points)
    scale = numpy.array([height.shape[1] / coarse.shape[1], height.shape[0] / coarse.shape[0]])
    points = (bent.shown(points) + 0.5) * scale
    levels = coarse.ravel()[drainage.places[found.nodes]].astype(numpy.float64)
    ends = found.starts[1:] - 1
    last = ends[found.reaches_water]
    mouths = drainage.mouths[found.nodes[last]]
    levels[last] = numpy.where(coarse.ravel()[mouths] < 0, MOUTH, coarse.ravel()[mouths])
    cells, reach = max(coarse.shape) ** 2, round(REACH * float(scale.max()))
    lines, beds, wide = [], [], []
    for start, end, ends_in_sea in zip(found.starts[:-1], found.starts[1:], found.reaches_water, strict=True):
        course, bed = points[start:end], levels[start:end]
        if ends_in_sea and bed[-1] == MOUTH and (sea := _sea_near(course[-1], height, bent.wraps, reach)) is not None:
            course, bed = numpy.append(course, sea[None], axis=0), numpy.append(bed[:-1], [0.0, 0.0])
        line, along = curve(course, numpy.arange(len(course)).astype(numpy.float64), STEP)
        nodes = found.nodes[start : end - 1]
        widths = [width(int(each), cells, max(height.shape)) for each in flow[nodes]]
        lines.append(line)
        beds.append(numpy.interp(along, numpy.arange(len(course)), bed))
        wide.append(numpy.interp(along, numpy.arange(end - start - 1), widths))
    places = [_pixels(line, height.shape, bent.wraps) for line in lines]
    lines = _cut(height, lines, places, beds)
    return [
        River(shifted, numpy.asarray(span[: len(shifted)]), int(order))
        for line, span, order in zip(lines, wide, found.orders, strict=True)
        for shifted in _sides(line, height.shape[1], bent.wraps)
    ]


def _points(found: Courses, drainage: Drainage, wraps: bool) -> NDArray[numpy.float64]:
    """x and y of the courses' nodes in cells, corners taken off; a river's end lies on the river that it joins."""
    across = drainage.shape[1]
    place = drainage.places[found.nodes].copy()
    ends = found.starts[1:] - 1
    at_sea = ends[found.reaches_water]
    place[at_sea] = drainage.mouths[found.nodes[at_sea]]
    y, x = numpy.divmod(place, across)
    if wraps:
        steps = numpy.diff(x, prepend=x[:1])
        steps = (steps + across // 2) % across - across // 2
        steps[found.starts[:-1]] = 0
        begun = numpy.repeat(found.starts[:-1], numpy.diff(found.starts))
        travelled = numpy.cumsum(steps)
        x = x[begun] + travelled - travelled[begun]
    points = smoothed(numpy.stack([x, y], axis=1).astype(numpy.float64), found.starts)
    own = numpy.ones(len(place), numpy.bool_)
    own[ends] = False
    where = numpy.full(len(drainage.places), -1, numpy.int64)
    where[found.nodes[own]] = numpy.flatnonzero(own)
    joins = ends[~found.reaches_water]
    onto = points[where[found.nodes[joins]]].copy()
    if wraps:
        onto[:, 0] += numpy.floor((points[joins, 0] - onto[:, 0]) / across + 0.5) * across
    points[joins] = onto
    return points


def _sea_near(end: NDArray[numpy.float64], height: Field, wraps: bool, reach: int) -> NDArray[numpy.float64] | None:
    """The middle (2,) of the nearest pixel of the sea, if finer noise has moved the coast away from a river's end."""
    around = numpy.arange(-reach, reach + 1)
    x, y = numpy.floor(end).astype(numpy.int64)
    columns, rows = x + around, numpy.clip(y + around, 0, height.shape[0] - 1)
    across = columns % height.shape[1] if wraps else numpy.clip(columns, 0, height.shape[1] - 1)
    far = around[:, None] ** 2 + around**2
    far[height[numpy.ix_(rows, across)] >= 0] = far.max() + 1
    nearest = int(far.argmin())
    if not GAP**2 < far.ravel()[nearest] <= reach**2:
        return None
    down, right = divmod(nearest, len(around))
    return numpy.array([columns[right], rows[down]]) + 0.5


def _pixels(line: NDArray[numpy.float64], shape: tuple[int, int], wraps: bool) -> Whole:
    column = numpy.floor(line[:, 0]).astype(numpy.int64)
    column = column % shape[1] if wraps else numpy.clip(column, 0, shape[1] - 1)
    return numpy.clip(numpy.floor(line[:, 1]).astype(numpy.int64), 0, shape[0] - 1) * shape[1] + column


def _cut(height: Field, lines: list[NDArray], places: list[Whole], beds: list[NDArray]) -> list[NDArray]:
    """Cuts the beds into the heights, and gives the lines as far as the water that they end in."""
    flat = height.reshape(-1)
    ends = []
    for place, bed in zip(places, beds, strict=True):
        run, bed = flat[place], bed.astype(numpy.float32)
        run = numpy.where(run < 0, run, numpy.minimum(run, bed))
        dry = int(numpy.flatnonzero(run >= 0)[-1]) + 1 if (run >= 0).any() else 0
        run[:dry] = numpy.where(run[:dry] < 0, numpy.maximum(bed[:dry], 0), run[:dry])
        flat[place] = run
        ends.append(min(max(dry + 1, 2), len(place)))
    changed = True
    while changed:
        changed = False
        for place, end in zip(places, ends, strict=True):
            run = flat[place[:end]]
            falling = numpy.minimum.accumulate(run)
            if not numpy.array_equal(run, falling):
                numpy.minimum.at(flat, place[:end], falling)
                changed = True
    return [line[:end] for line, end in zip(lines, ends, strict=True)]


def _sides(line: NDArray[numpy.float64], across: int, wraps: bool) -> list[NDArray[numpy.float64]]:
    found = [line]
    if wraps:
        found += [line - [side * across, 0] for side in (-1, 1) if _crosses(line[:, 0] - side * across, across)]
    return found


def _crosses(x: NDArray[numpy.float64], across: int) -> bool:
    return bool(((x >= 0) & (x < across)).any())
