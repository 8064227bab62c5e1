"""Heights read back from the colours of ETOPO1's picture.

The picture shows each height in a colour of its own, darkened and lightened by relief. Each colour is looked up along
the scale of tints, whatever its shade; ice, which is white at any height, gets the shape of an ice sheet. The result is
good to some hundred metres: a terrain of the Earth's shape, not a measurement.
"""

import functools

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage

from transfer.synthesis.earth.atlas import LAND, SEA
from transfer.synthesis.recipes.box import Box

Heights = NDArray[numpy.float32]
# (metres, colour): the picture's tints, the heights measured where they are known.
SEA_TINTS = (
    (-11000, (10, 0, 121)),
    (-9000, (16, 6, 180)),
    (-8000, (0, 14, 203)),
    (-6500, (0, 39, 223)),
    (-6000, (12, 68, 231)),
    (-5500, (26, 102, 240)),
    (-5000, (19, 117, 244)),
    (-4500, (14, 133, 249)),
    (-4000, (21, 158, 252)),
    (-3000, (43, 186, 255)),
    (-2000, (65, 200, 255)),
    (-1000, (94, 223, 255)),
    (-500, (138, 227, 255)),
    (-100, (178, 236, 255)),
    (0, (184, 232, 255)),
)
LAND_TINTS = (
    (0, (51, 102, 0)),
    (100, (51, 204, 102)),
    (200, (187, 228, 146)),
    (400, (255, 220, 185)),
    (700, (243, 202, 137)),
    (1000, (230, 184, 88)),
    (1500, (217, 166, 39)),
    (2000, (168, 154, 31)),
    (2700, (159, 123, 13)),
    (3500, (153, 102, 0)),
    (4200, (162, 89, 89)),
    (4700, (178, 118, 118)),
    (5200, (183, 147, 147)),
)
STEPS = 128  # along each scale
DARKEST, LIGHTEST = 0.5, 1.1  # how far relief shades a tint
UNLIKE = 20.0  # levels by which a colour may miss all tints
BITS = 5  # of each channel that colours are looked up by
ICE_LIGHTNESS, ICE_SPREAD = 172, 18  # of a white pixel's darkest channel, and between its channels
ICE_SHEET, AROUND_SHEET = 0.3, 4  # how far it rises where it is a sheet; pixels around one whose colours are grey
ICE_EDGE, ICE_HEIGHT, ICE_REACH = 1200.0, 3000.0, 700.0  # metres; kilometres within which an ice sheet rises
MIXED, GREY = 2, 12  # pixels of the source at a coast in which land and sea are mixed; what no tint of land is
PEAK, PEAK_WIDTH = (
    1000.0,
    5,
)  # metres that a peak of so many pixels of the source may be above or below others
SMOOTH, FILLED = 1.1, 3.0  # pixels by which heights are smoothed, and those that are not known


def heights(terrain: Image.Image, surface: NDArray[numpy.uint8], box: Box) -> Heights:
    """Metres above the sea (H, W) of ETOPO1's picture of `box`, which should not have more pixels than the source has.

    Land and lakes are above 0, and sea below.
    """
    pixels = numpy.asarray(terrain.filter(ImageFilter.MedianFilter(3)))
    reduced = (pixels >> (8 - BITS)).astype(numpy.int32)
    colours = (reduced[..., 0] << 2 * BITS) | (reduced[..., 1] << BITS) | reduced[..., 2]
    at_sea, white = surface == SEA, _is_white(pixels)
    risen = _risen(white & ~at_sea, box)
    sheet = _is_sheet(risen)
    doubtful = white | _is_mixed(pixels) | _around(sheet, AROUND_SHEET)
    of_land, of_sea = _table(LAND_TINTS)[colours], _table(SEA_TINTS)[colours]
    is_known = _within(surface == LAND, MIXED) & ~_around(doubtful, 1) & ~numpy.isnan(of_land)
    land = _without_peaks(_filled(of_land, is_known, 100))
    sea = _filled(of_sea, _within(at_sea, MIXED) & ~numpy.isnan(of_sea), -100)
    land = numpy.where(sheet, numpy.minimum(land, ICE_EDGE), land)
    land = land + (numpy.float32(ICE_HEIGHT) - land) * risen
    smooth = numpy.where(at_sea, ndimage.gaussian_filter(sea, SMOOTH), ndimage.gaussian_filter(land, SMOOTH))
    return parted(smooth, surface)


def parted(height: Heights, surface: NDArray[numpy.uint8]) -> Heights:
    """`height` with all land and lakes above 0, and all sea below."""
    at_sea = surface == SEA
    return numpy.where(at_sea, numpy.minimum(height, -1), numpy.maximum(height, 1)).astype(numpy.float32)


def _without_peaks(land: Heights) -> Heights:
    """Peaks and pits of a few pixels are cut: most are colours that were misread."""
    disc = _disc(PEAK_WIDTH)
    land = numpy.minimum(land, ndimage.grey_opening(land, footprint=disc) + numpy.float32(PEAK))
    return numpy.asarray(numpy.maximum(land, ndimage.grey_closing(land, footprint=disc) - numpy.float32(PEAK)))


def _disc(width: int) -> NDArray[numpy.bool_]:
    radius = width // 2
    away = numpy.arange(-radius, radius + 1)
    return numpy.asarray(away[:, None] ** 2 + away[None] ** 2 <= radius * radius)


def _filled(values: Heights, known: NDArray[numpy.bool_], otherwise: float) -> Heights:
    """`values` where they are known, and elsewhere about those of the nearest places where they are."""
    if not known.any():
        return numpy.full(values.shape, otherwise, numpy.float32)
    rows, columns = ndimage.distance_transform_edt(~known, return_distances=False, return_indices=True)
    nearest = values[rows, columns]
    return numpy.where(known, values, ndimage.gaussian_filter(nearest, FILLED)).astype(numpy.float32)


def _within(inside: NDArray[numpy.bool_], pixels: int) -> NDArray[numpy.bool_]:
    return numpy.asarray(ndimage.binary_erosion(inside, iterations=pixels, border_value=1))


def _around(inside: NDArray[numpy.bool_], pixels: int) -> NDArray[numpy.bool_]:
    return numpy.asarray(ndimage.binary_dilation(inside, iterations=pixels))


def _is_white(pixels: NDArray[numpy.uint8]) -> NDArray[numpy.bool_]:
    lowest, highest = pixels.min(2), pixels.max(2)
    return numpy.asarray((lowest >= ICE_LIGHTNESS) & (highest - lowest <= ICE_SPREAD))


def _is_mixed(pixels: NDArray[numpy.uint8]) -> NDArray[numpy.bool_]:
    """Greyish blue, as where a coast or a lake's shore goes through a pixel."""
    red, green, blue = (pixels[..., channel].astype(numpy.int32) for channel in range(3))
    return numpy.asarray((blue > red - GREY) & (green - blue < 4 * GREY))


def _risen(ice: NDArray[numpy.bool_], box: Box) -> Heights:
    """How far ice has risen to the top of a sheet, 0 to 1: with the square root of the way from its edge (Nye 1952)."""
    if ice.all() or not ice.any():
        return numpy.full(ice.shape, float(ice.all()), numpy.float32)
    kilometres = box.degrees[1] * 111.2 / ice.shape[0]
    way = ndimage.distance_transform_edt(ice) * (kilometres / ICE_REACH)
    return numpy.asarray(numpy.sqrt(numpy.minimum(way, 1)), dtype=numpy.float32)


def _is_sheet(risen: Heights) -> NDArray[numpy.bool_]:
    """Patches of ice that are large: others are snow on mountains."""
    patches, count = ndimage.label(risen > 0)
    highest = numpy.zeros(count + 1, numpy.float32)
    numpy.maximum.at(highest, patches, risen)
    return numpy.asarray((highest > ICE_SHEET)[patches])


@functools.cache
def _table(tints: tuple[tuple[int, tuple[int, int, int]], ...]) -> Heights:
    """The height of every colour of `BITS` bits a channel: that of the tint which comes closest in some shade.

    It is not a number for colours that are unlike any tint.
    """
    metres = numpy.array([height for height, _ in tints], dtype=numpy.float64)
    places = numpy.interp(numpy.arange(STEPS), numpy.linspace(0, STEPS - 1, len(tints)), metres)
    ramp = [numpy.interp(places, metres, [colour[channel] for _, colour in tints]) for channel in range(3)]
    count = 1 << BITS
    levels = (numpy.arange(count) + 0.5) * (256 / count)
    red, green, blue = (each.ravel() for each in numpy.meshgrid(levels, levels, levels, indexing="ij"))
    nearest = numpy.full(count**3, numpy.inf)
    found = numpy.zeros(count**3, numpy.float32)
    for height, r, g, b in zip(places, *ramp, strict=True):
        shade = numpy.clip((red * r + green * g + blue * b) / (r * r + g * g + b * b), DARKEST, LIGHTEST)
        x, y, z = red - shade * r, green - shade * g, blue - shade * b
        away = x * x + y * y + z * z
        closer = away < nearest
        nearest = numpy.where(closer, away, nearest)
        found[closer] = height
    found[nearest > UNLIKE * UNLIKE] = numpy.nan
    return found
