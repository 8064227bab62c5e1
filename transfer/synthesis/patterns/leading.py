"""Pieces of glass set into lead, many at once."""

from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field as Levels
from transfer.synthesis.fields.overlaid import Whole, boxes, turns
from transfer.synthesis.polygons import Point

LIGHT = (-0.6, -0.8)  # from the upper left, on the lead
AT_ONCE = 1 << 16  # pixels around pieces, about: few enough that they stay in the processor's cache


class Piece(NamedTuple):
    """A piece of glass: the first column and row of the pixels that it may cover, and how many of each; its edges, as
    `polygons.edges` has them; which texture it has; and its dark, body and bright colours (3, 3)."""

    box: tuple[int, int, int, int]
    edges: list[tuple[Point, float]]
    texture: int
    colours: Levels


class Setting:
    """Sets pieces into a window (H, W, 3), each pixel of which looks at `x`, `y` (H, W), with `lead` pixels of lead."""

    def __init__(self, window: Levels, x: Levels, y: Levels, textures: Levels, lead: numpy.float32) -> None:
        self.window, self.across = window.reshape(-1, 3), window.shape[1]
        self.x, self.y, self.textures, self.lead = x.ravel(), y.ravel(), textures.reshape(len(textures), -1), lead
        self._ready: list[Piece] = []
        self._pixels = 0

    def takes(self, piece: Piece) -> bool:
        """Takes a piece; whether it set those that wait."""
        self._ready.append(piece)
        self._pixels += piece.box[2] * piece.box[3]
        if self._pixels < AT_ONCE:
            return False
        self.sets()
        return True

    def sets(self) -> None:
        """Sets all pieces that wait."""
        if self._ready:
            self._set(self._ready)
        self._ready, self._pixels = [], 0

    def _set(self, pieces: list[Piece]) -> None:
        left, top, columns, rows = numpy.array([piece.box for piece in pieces], numpy.int64).T
        column, row = boxes(left, top, columns, rows)
        place = row.astype(numpy.int64) * self.across + column
        number: Whole = numpy.repeat(numpy.arange(len(pieces)), columns * rows)
        distance, second, facing = _distances(pieces, self.x[place], self.y[place], columns * rows)
        covers = numpy.flatnonzero(distance > -0.5)  # of other pixels, it covers nothing
        place, number = place[covers], number[covers]
        distance, second, facing = distance[covers], second[covers], facing[covers]
        bumps = self.textures[numpy.array([piece.texture for piece in pieces])[number], place]
        glass = _glass(bumps, distance / self.lead, numpy.stack([piece.colours for piece in pieces]), number)
        found = _leaded(glass, distance, second, facing, self.lead)
        inside = numpy.clip(distance + numpy.float32(0.5), 0, 1)[:, None]
        for turn in turns(place):
            under = self.window[place[turn]]
            self.window[place[turn]] = under + inside[turn] * (found[turn] - under)


def _distances(pieces: list[Piece], x: Levels, y: Levels, count: Whole) -> tuple[Levels, Levels, Levels]:
    """How far inside the nearest and the second nearest edge each pixel lies, and how much the nearest faces the
    light. Of the pixels (N,), `count` belong to each piece, one after another."""
    nearest: Levels = numpy.full(x.shape, 1e6, numpy.float32)
    second, facing = nearest.copy(), numpy.zeros_like(nearest)
    nowhere = ((0.0, 0.0), numpy.inf)
    for side in range(max(len(piece.edges) for piece in pieces)):
        edges = [piece.edges[side] if side < len(piece.edges) else nowhere for piece in pieces]
        (across, down), limit = zip(*(edge[0] for edge in edges), strict=True), [edge[1] for edge in edges]
        faces = [-a * LIGHT[0] - d * LIGHT[1] for a, d in zip(across, down, strict=True)]
        far, right, below, lit = (
            numpy.repeat(numpy.array(each, numpy.float32), count) for each in (limit, across, down, faces)
        )
        distance = far - right * x - below * y
        closer = distance < nearest
        second = numpy.where(closer, nearest, numpy.minimum(second, distance))
        numpy.copyto(facing, lit, where=closer)
        numpy.minimum(nearest, distance, out=nearest)
    return nearest, second, facing


def _glass(bumps: Levels, inwards: Levels, colours: Levels, number: NDArray[numpy.int64]) -> Levels:
    """Colours (N, 3) of glass: `bumps` (N,) are about -1 to 1, `inwards` widths of lead from the edge, `number` that of
    the piece, whose dark, body and bright are `colours` (pieces, 3, 3)."""
    edge = eased(inwards, 0.4, 4.5)
    level = numpy.clip(
        (numpy.float32(0.5) + numpy.float32(0.5) * bumps) * (numpy.float32(0.55) + numpy.float32(0.45) * edge), 0, 1
    )
    dark, body, bright = (colours[:, place] for place in range(3))
    low = numpy.minimum(2 * level, 1)[:, None]
    high = numpy.maximum(2 * level - 1, 0)[:, None]
    return numpy.asarray(dark[number] + low * (body - dark)[number] + high * (bright - body)[number])


def _leaded(glass: Levels, distance: Levels, second: Levels, facing: Levels, lead: numpy.float32) -> Levels:
    """The colours (N, 3) of glass and of its half of the lead. Joints are a little wider: they are soldered."""
    solder = numpy.float32(0.5) * lead * numpy.clip(1 - second / (numpy.float32(2.5) * lead), 0, 1)
    inwards = distance - solder
    across = numpy.clip(inwards / lead, -1, 1)
    round_ = across * (1 - across) * 4
    shade = numpy.float32(26) + numpy.float32(70) * numpy.clip(facing, 0, 1) * numpy.clip(round_, 0, 1)
    shade += numpy.float32(34) * eased(numpy.abs(across - numpy.float32(0.12)), 0.3, 0.0)
    metal = shade[:, None] * numpy.array([0.92, 0.97, 1.05], numpy.float32)
    cover = numpy.clip(inwards - lead + numpy.float32(0.5), 0, 1)[:, None]
    return numpy.asarray(metal + cover * (glass - metal))
