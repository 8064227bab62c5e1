"""Rivers as files: GeoJSON for maps, which can be read again, and SVG for drawings."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy
from numpy.typing import NDArray

from transfer.synthesis.made import Made, River

WIDTH_STEP = 4  # a river's drawn width changes by a fourth of a pixel
WATER = "#407cb8"
DEGREES, PIXELS = "degrees", "pixels"
Piece = tuple[NDArray[numpy.float64], NDArray[numpy.float64]]  # points and widths, as in `River`


@dataclass(frozen=True)
class RiverMap:
    """Rivers in a picture of `size`, (width, height) in pixels; `wraps` where the picture is a globe."""

    rivers: tuple[River, ...]
    size: tuple[int, int]
    wraps: bool = False

    @classmethod
    def of(cls, made: Made) -> Self:
        """Those of a picture that was made."""
        return cls(made.rivers, made.picture.size, made.wraps)

    @classmethod
    def read(cls, geojson: str | bytes) -> Self:
        """What `geojson` gave."""
        found = json.loads(geojson)
        width, height = found["size"]
        wraps = found["unit"] == DEGREES
        pieces: dict[int, list[dict[str, Any]]] = {}
        for feature in found["features"]:
            pieces.setdefault(feature["properties"]["river"], []).append(feature)
        return cls(tuple(_joined(each, (width, height), wraps) for each in pieces.values()), (width, height), wraps)

    def scaled(self, size: tuple[int, int]) -> "RiverMap":
        """The same rivers in a picture of another size."""
        if size == self.size:
            return self
        across, down = size[0] / self.size[0], size[1] / self.size[1]
        scale = numpy.array([across, down])
        rivers = (River(each.points * scale, each.widths * ((across + down) / 2), each.order) for each in self.rivers)
        return RiverMap(tuple(rivers), size, self.wraps)

    def geojson(self) -> str:
        """GeoJSON (RFC 7946): a LineString for each river, with `order` (Strahler's), `width` at its widest, `widths`.

        Where the picture wraps it is a globe, and coordinates are degrees of longitude and latitude; a river that
        crosses the 180th meridian is cut there, as the RFC asks. Else they are pixels from the upper left corner, y
        downwards, which the member `unit` says. Widths are in pixels at each point, of a picture of `size` pixels.
        """
        features = [
            _feature(number, river, self._located(points), widths)
            for number, river in enumerate(self.rivers, 1)
            for points, widths in self._pieces(river)
        ]
        unit = DEGREES if self.wraps else PIXELS
        return json.dumps({"type": "FeatureCollection", "unit": unit, "size": list(self.size), "features": features})

    def svg(self) -> str:
        """SVG in pixels: a group for each river, in which strokes follow each other from spring to mouth, each wider.

        Where the picture wraps, a river that leaves it on one side goes on at the other.
        """
        width, height = self.size
        groups = "\n".join(
            f'  <g id="river-{number}" data-order="{river.order}">{"".join(self._strokes(river))}</g>'
            for number, river in enumerate(self.rivers, 1)
        )
        frame = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        pen = f'fill="none" stroke="{WATER}" stroke-linecap="round" stroke-linejoin="round"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>\n <g {pen}>\n{groups}\n </g>\n</svg>\n'

    def _pieces(self, river: River) -> Iterator[Piece]:
        """The river; where the picture wraps, cut where it crosses the left and right edge, and brought inside."""
        if not self.wraps:
            yield river.points, river.widths
            return
        width = self.size[0]
        x = numpy.unwrap(river.points[:, 0], period=width)
        turns = numpy.floor(x / width).astype(int)
        at = numpy.arange(len(x), dtype=numpy.float64)
        cuts = []
        for index in numpy.flatnonzero(numpy.diff(turns)):
            edge = width * max(turns[index], turns[index + 1])
            cuts.append(float(index + (edge - x[index]) / (x[index + 1] - x[index])))
        for start, end in zip([0.0, *cuts], [*cuts, at[-1]], strict=True):
            if end > start:
                inside = numpy.concatenate([[start], at[(at > start) & (at < end)], [end]])
                turn = numpy.floor(numpy.interp((start + end) / 2, at, x) / width)
                across, down = numpy.interp(inside, at, x) - width * turn, numpy.interp(inside, at, river.points[:, 1])
                yield numpy.stack([across, down], axis=-1), numpy.interp(inside, at, river.widths)

    def _located(self, points: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """The coordinates of points in pixels."""
        if not self.wraps:
            return points
        width, height = self.size
        return numpy.stack([points[:, 0] * (360 / width) - 180, 90 - points[:, 1] * (180 / height)], axis=-1)

    def _strokes(self, river: River) -> Iterator[str]:
        """Polylines of one width each; each begins where the one before ends."""
        for points, widths in self._pieces(river):
            between = (widths[1:] + widths[:-1]) / 2
            drawn = numpy.maximum(1, numpy.round(between * WIDTH_STEP)) / WIDTH_STEP
            starts = [0, *(numpy.flatnonzero(numpy.diff(drawn)) + 1).tolist()]
            for start, end in zip(starts, [*starts[1:], len(drawn)], strict=True):
                line = " ".join(f"{x:.2f},{y:.2f}" for x, y in points[start : end + 1])
                yield f'<polyline stroke-width="{drawn[start]:g}" points="{line}"/>'


def _feature(
    number: int, river: River, points: NDArray[numpy.float64], widths: NDArray[numpy.float64]
) -> dict[str, Any]:
    properties = {
        "river": number,
        "order": river.order,
        "width": round(float(river.widths.max()), 2),
        "widths": numpy.round(widths, 2).tolist(),
    }
    geometry = {"type": "LineString", "coordinates": numpy.round(points, 5).tolist()}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _joined(features: Sequence[dict[str, Any]], size: tuple[int, int], wraps: bool) -> River:
    """The river of these pieces in pixels: each but the first begins where the one before ends."""
    first, *others = (numpy.array(each["geometry"]["coordinates"], numpy.float64) for each in features)
    points = numpy.concatenate([first, *(each[1:] for each in others)])
    spring, *more = (numpy.array(each["properties"]["widths"], numpy.float64) for each in features)
    if wraps:
        across, down = (points[:, 0] + 180) * (size[0] / 360), (90 - points[:, 1]) * (size[1] / 180)
        points = numpy.stack([numpy.unwrap(across, period=size[0]), down], axis=-1)
    widths = numpy.concatenate([spring, *(each[1:] for each in more)])
    return River(points, widths, int(features[0]["properties"]["order"]))
