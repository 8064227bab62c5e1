"""Colours as pages write them, and the main ones of a picture."""

from collections.abc import Iterable

from PIL import Image

COLOURS = 6
LOOKED_AT = 128  # px


def hexadecimal(colour: Iterable[int]) -> str:
    """Red, green and blue from 0 to 255, as "#rrggbb"."""
    return "#" + bytes(colour).hex()


def main_colours(picture: Image.Image) -> list[str]:
    """At most six as "#rrggbb", the one with the largest area first, of an RGB picture."""
    small = picture.copy()
    small.thumbnail((LOOKED_AT, LOOKED_AT), Image.Resampling.BOX)
    reduced = small.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    values = reduced.getpalette() or []
    areas = sorted(((area, index) for index, area in enumerate(reduced.histogram()) if area), reverse=True)
    found = [hexadecimal(values[3 * index : 3 * index + 3]) for _, index in areas]
    return list(dict.fromkeys(found))
