"""Maps as files for other programs: heights for game engines, rivers for maps and drawings, and all in one ZIP."""

import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.errors import PictureError
from transfer.labels import LabelMap
from transfer.synthesis.exports.surface import sampled
from transfer.synthesis.made import Made, River, height_png

# What Unity (2^n + 1) and Unreal (whole components) take.
RAW_SIDES = (513, 1009, 1025, 2017, 2049, 4033)
WIDTH_STEP = 4  # a river's drawn width changes by a fourth of a pixel
WATER = "#407cb8"


def raw16(height: NDArray[numpy.uint16], side: int, wraps: bool = False) -> bytes:
    """RAW16: `side` x `side` unsigned integers of 16 bits, little-endian, row by row from the upper left corner.

    A height that is no square is stretched to one: give the terrain its picture's width and length in the engine.
    Raises PictureError for a side that engines do not take.
    """
    if side not in RAW_SIDES:
        raise PictureError(f"RAW16 has {', '.join(map(str, RAW_SIDES))} samples a side: choose one of these.")
    return (sampled(height, side, side, wraps) + 0.5).astype("<u2").tobytes()


def rivers_geojson(made: Made) -> str:
    """GeoJSON (RFC 7946): a LineString for each river, with `order` (Strahler's), `width` at its widest, and `widths`.

    Where the picture wraps it is a globe, and coordinates are degrees of longitude and latitude; a river that crosses
    the 180th meridian is cut there, as the RFC asks. Else they are pixels from the upper left corner, y downwards,
    which the member `unit` says. Widths are in pixels at each point.
    """
    features = []
    for number, river in enumerate(made.rivers, 1):
        pieces = _on_the_globe(river, made.picture.size) if made.wraps else [(river.points, river.widths)]
        features += [_feature(number, river, points, widths) for points, widths in pieces]
    unit = "degrees" if made.wraps else "pixels"
    return json.dumps({"type": "FeatureCollection", "unit": unit, "features": features})


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


def _on_the_globe(
    river: River, size: tuple[int, int]
) -> Iterator[tuple[NDArray[numpy.float64], NDArray[numpy.float64]]]:
    """The river's pieces in degrees with their widths, cut where it crosses the 180th meridian."""
    x = numpy.unwrap(river.points[:, 0], period=size[0]) * (360 / size[0])
    y = 90 - river.points[:, 1] * (180 / size[1])
    turns = numpy.floor(x / 360).astype(int)
    at = numpy.arange(len(x), dtype=numpy.float64)
    cuts = []
    for index in numpy.flatnonzero(numpy.diff(turns)):
        meridian = 360 * max(turns[index], turns[index + 1])
        cuts.append(float(index + (meridian - x[index]) / (x[index + 1] - x[index])))
    for start, end in zip([0.0, *cuts], [*cuts, at[-1]], strict=True):
        inside = numpy.concatenate([[start], at[(at > start) & (at < end)], [end]])
        if end > start:
            longitudes, latitudes = numpy.interp(inside, at, x), numpy.interp(inside, at, y)
            turn = numpy.floor(numpy.interp((start + end) / 2, at, x) / 360)
            yield (
                numpy.stack([longitudes - 360 * turn - 180, latitudes], axis=-1),
                numpy.interp(inside, at, river.widths),
            )


def rivers_svg(made: Made) -> str:
    """SVG in pixels: a group for each river, in which strokes follow each other from spring to mouth, each wider."""
    width, height = made.picture.size
    groups = "\n".join(
        f'  <g id="river-{number}" data-order="{river.order}">{"".join(_strokes(river))}</g>'
        for number, river in enumerate(made.rivers, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        f' <g fill="none" stroke="{WATER}" stroke-linecap="round" stroke-linejoin="round">\n{groups}\n </g>\n</svg>\n'
    )


def _strokes(river: River) -> Iterator[str]:
    """Polylines of one width each; each begins where the one before ends."""
    between = (river.widths[1:] + river.widths[:-1]) / 2
    widths = numpy.maximum(1, numpy.round(between * WIDTH_STEP)) / WIDTH_STEP
    starts = [0, *(numpy.flatnonzero(numpy.diff(widths)) + 1).tolist()]
    for start, end in zip(starts, [*starts[1:], len(widths)], strict=True):
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in river.points[start : end + 1])
        yield f'<polyline stroke-width="{widths[start]:g}" points="{points}"/>'


def aligned_height(height: NDArray[numpy.uint16], size: tuple[int, int]) -> NDArray[numpy.uint16]:
    """`height` for a picture of another `size`: pixel for pixel, bicubic."""
    if height.shape == size[::-1]:
        return height
    scaled = Image.fromarray(height.astype(numpy.float32)).resize(size, Image.Resampling.BICUBIC)
    return numpy.asarray(numpy.clip(numpy.asarray(scaled) + 0.5, 0, 65535), numpy.uint16)


def aligned_labels(labels: LabelMap, size: tuple[int, int]) -> LabelMap:
    """`labels` for a picture of another `size`: pixel for pixel, the nearest."""
    if labels.values.shape == size[::-1]:
        return labels
    scaled = Image.fromarray(labels.values).resize(size, Image.Resampling.NEAREST)
    return LabelMap(numpy.asarray(scaled), labels.names)


def write_zip(
    file: IO[bytes],
    result: bytes,
    size: tuple[int, int],
    height: NDArray[numpy.uint16] | None = None,
    labels: LabelMap | None = None,
    made: Made | None = None,
) -> None:
    """Writes a ZIP to `file`, which need not be seekable: result.png, height.png, labels.png, pixel for pixel alike.

    `result` is a PNG of `size`, (width, height), taken as it is. Where `made` has rivers, rivers.geojson and rivers.svg
    are in it too.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("result.png", result)
        if height is not None:
            archive.writestr("height.png", height_png(aligned_height(height, size)))
        if labels is not None:
            archive.writestr("labels.png", aligned_labels(labels, size).png())
        if made is not None and made.rivers:
            archive.writestr("rivers.geojson", rivers_geojson(made), zipfile.ZIP_DEFLATED)
            archive.writestr("rivers.svg", rivers_svg(made), zipfile.ZIP_DEFLATED)
