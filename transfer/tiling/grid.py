"""A picture cut into tiles. Free of torch, so that what a render will need is known without it.

Each tile has a core, which no other tile shares, and a margin around it, so that the network sees there what it would
see of the whole picture. Where the picture ends, so does the margin; where it wraps, the margin goes on at the
opposite side: its rows and columns are then less than 0, or beyond the last one.
"""

import bisect
import functools
import math
from dataclasses import dataclass
from itertools import pairwise

from transfer.tiling.wrap import NOWHERE, Wrap

Span = tuple[int, int]  # from, to (exclusive), in pixels


@dataclass(frozen=True)
class Tile:
    """The rows and columns of a tile's core, and those of the core with its margin."""

    rows: Span
    columns: Span
    padded_rows: Span
    padded_columns: Span

    @property
    def pixels(self) -> int:
        """Pixels with the margin."""
        return _length(self.padded_rows) * _length(self.padded_columns)

    def core(self, stride: int = 1) -> tuple[slice, slice]:
        """Where the core lies in the picture, in places of a map of `stride`."""
        return _slice(self.rows, stride), _slice(self.columns, stride)

    def inner(self, stride: int = 1) -> tuple[slice, slice]:
        """Where the core lies within the padded tile, in places of a map of `stride`."""
        (top, bottom), (left, right) = self.rows, self.columns
        above, before = self.padded_rows[0], self.padded_columns[0]
        return _slice((top - above, bottom - above), stride), _slice((left - before, right - before), stride)

    def whole(self, stride: int = 1) -> tuple[slice, slice]:
        """Where the padded tile lies in the picture, in places of a map of `stride`."""
        return _slice(self.padded_rows, stride), _slice(self.padded_columns, stride)


@dataclass(frozen=True)
class Grid:
    """The tiles of a picture of `size` (width, height), row by row."""

    size: tuple[int, int]
    tiles: tuple[Tile, ...]

    @property
    def computed(self) -> int:
        """Pixels that the network visits to see the whole picture once."""
        return sum(tile.pixels for tile in self.tiles)

    @property
    def overdraw(self) -> float:
        """Pixels visited for each pixel of the picture, at least 1."""
        return self.computed / (self.size[0] * self.size[1])

    @property
    def largest(self) -> int:
        """Pixels of the largest tile."""
        return max(tile.pixels for tile in self.tiles)


@functools.lru_cache(maxsize=256)
def grid(size: tuple[int, int], stride: int, margin: int, tile_pixels: int | None = None, wrap: Wrap = NOWHERE) -> Grid:
    """The picture of `size` (width, height) in tiles of at most `tile_pixels` with their margins, or in one.

    Cores begin at multiples of `stride`, the network's deepest, so that pooling falls where it would in the whole
    picture; `margin` must be a multiple of it too, and so must the sides that `wrap`. Of all the ways to cut, it is the
    one in which fewest pixels are visited. Raises ValueError when a tile would be nothing but margin.
    """
    across, down = (_Ruler(stride, margin, wraps) for wraps in (wrap.x, wrap.y))
    best: tuple[int, int, int] | None = None
    has_room = tile_pixels is None or across.shortest(size[0]) * down.shortest(size[1]) <= tile_pixels
    for columns in range(1, max(1, size[0] // stride) + 1) if has_room else ():
        widths = across.lengths(size[0], columns)
        if best is not None and sum(widths) * size[1] >= best[0]:
            break
        rows = down.fewest(size[1], math.inf if tile_pixels is None else tile_pixels // max(widths))
        if rows is None:
            continue
        computed = sum(widths) * sum(down.lengths(size[1], rows))
        if best is None or computed < best[0]:
            best = computed, columns, rows
    if best is None:
        raise ValueError(f"tiles of {tile_pixels} pixels have no room for a margin of {margin} pixels")
    _, columns, rows = best
    tiles = tuple(
        Tile(row, column, padded_row, padded_column)
        for row, padded_row in down.parts(size[1], rows)
        for column, padded_column in across.parts(size[0], columns)
    )
    return Grid(size, tiles)


def smallest_tiles(size: tuple[int, int], stride: int, margin: int, wrap: Wrap = NOWHERE) -> int:
    """The least `tile_pixels` for which `grid` finds a way to cut a picture of `size`."""
    across, down = (_Ruler(stride, margin, wraps) for wraps in (wrap.x, wrap.y))
    return across.shortest(size[0]) * down.shortest(size[1])


@dataclass(frozen=True)
class _Ruler:
    """How one side of a picture is cut."""

    stride: int
    margin: int
    wraps: bool = False

    def spans(self, side: int, parts: int) -> list[Span]:
        """`parts` of nearly the same length, all beginning at multiples of the stride."""
        steps = side // self.stride
        return list(pairwise([*(part * steps // parts * self.stride for part in range(parts)), side]))

    def parts(self, side: int, parts: int) -> list[tuple[Span, Span]]:
        """Each part, and the same with its margins.

        Those at the ends, which need one margin only, are made as long as the others: where all tiles have one shape,
        each finds the memory that the last one has left.
        """
        spans = self.spans(side, parts)
        if self.wraps:
            length = 2 * self.margin + max(map(_length, spans))
            return [(span, (span[0] - self.margin, span[0] - self.margin + length)) for span in spans]
        needed = [(max(0, start - self.margin), min(side, end + self.margin)) for start, end in spans]
        length = max(map(_length, needed))
        last = -(-(side - length) // self.stride) * self.stride
        starts = (min(start, last) for start, _ in needed)
        return [(span, (start, min(side, start + length))) for span, start in zip(spans, starts, strict=True)]

    @functools.lru_cache(maxsize=4096)  # noqa: B019 -- rulers are a few numbers, and equal ones share their lengths
    def lengths(self, side: int, parts: int) -> list[int]:
        """The lengths of the parts with their margins."""
        return [_length(padded) for _, padded in self.parts(side, parts)]

    def shortest(self, side: int) -> int:
        """The longest part, with its margins, where all are as short as they can be."""
        return max(self.lengths(side, max(1, side // self.stride)))

    def fewest(self, side: int, allowed: float) -> int | None:
        """Into how many parts a side must be cut for each, with its margins, to be at most `allowed` long."""
        most = max(1, side // self.stride)
        if self.shortest(side) > allowed:
            return None

        def fits(parts: int) -> bool:
            return max(self.lengths(side, parts)) <= allowed

        # More parts are never longer, but for the one step of the stride by which they differ.
        parts = 1 + bisect.bisect_left(range(1, most + 1), True, key=fits)
        return parts if parts <= most and fits(parts) else None


def _length(span: Span) -> int:
    return span[1] - span[0]


def _slice(span: Span, stride: int) -> slice:
    return slice(span[0] // stride, span[1] // stride)
