"""What each place of the Earth is: water by a mask, land by the colours of the satellite picture and by relief."""

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage

from transfer.labels import Label
from transfer.synthesis.earth.atlas import LAND, SEA
from transfer.synthesis.fields.patches import Labels, Places, large, spread
from transfer.synthesis.recipes.box import Box

DEEP = -600.0  # metres: below the shelf, where satellite pictures turn dark
HIGH = 3400.0  # metres: all of it is mountains, however flat
RUGGED, WITHIN = 180.0, 22.0  # metres of the standard deviation of heights within about so many kilometres
MIXED = 1.5  # pixels of the source at a coast in which the colours of land and sea are mixed
SNOW_TO_SEA, SNOW_RISE = 50.0, 90.0  # degrees of latitude where snow lies at the sea; metres higher for each nearer
TREES_TO = 71.0  # degrees of latitude
COLOUR_BLUR, VOTE_BLUR = 1.2, 2.5  # pixels in 512
FEWEST = 12_000  # a patch of water or land smaller than this part of the map is a speckle
BLUE = 25  # how much bluer than red water is, where the mask has land: ice shelves come and go
ON_LAND = (Label.WATER, Label.PLAIN, Label.DESERT, Label.FOREST, Label.MOUNTAIN, Label.ICE)


def labelled(
    satellite: Image.Image, surface: NDArray[numpy.uint8], height: NDArray[numpy.float32], box: Box, pixel: float
) -> Labels:
    """The `Label` of each place (H, W): of the satellite picture of `box`, its surface, and its height in metres.

    `pixel` is how many pixels of the picture one of its source has become.
    """
    long_side = max(satellite.size)
    smooth = satellite.filter(ImageFilter.GaussianBlur(COLOUR_BLUR * long_side / 512))
    latitude = _latitude(height.shape[0], box)
    kinds = _on_land(smooth, height >= (SNOW_TO_SEA - latitude) * SNOW_RISE, latitude <= TREES_TO)
    kinds[_is_mountain(height, box) & (kinds != Label.ICE)] = Label.MOUNTAIN
    sure = ndimage.binary_erosion(surface == LAND, iterations=max(1, round(MIXED * pixel)), border_value=1)
    is_land = _without_speckles(surface == LAND)
    land = _without_patches(_voted(kinds, sure, VOTE_BLUR * long_side / 512), is_land)
    is_deep = _without_speckles((height < DEEP) & (surface == SEA)) & ~is_land
    return numpy.where(is_land, land, numpy.where(is_deep, Label.DEEP_WATER, Label.WATER)).astype(numpy.uint8)


def _on_land(satellite: Image.Image, cold: Places, wooded: Places) -> Labels:
    """By colour: snow is white, desert light and warm, forest dark and green."""
    red, green, blue = (numpy.asarray(channel, numpy.int32) for channel in satellite.split())
    lightness = (2 * red + 5 * green + blue) >> 3
    lowest, highest = numpy.minimum(numpy.minimum(red, green), blue), numpy.maximum(numpy.maximum(red, green), blue)
    found = numpy.full(red.shape, Label.PLAIN, numpy.uint8)
    found[wooded & (green >= red + 3) & (lightness <= 58)] = Label.FOREST
    found[(lightness >= 104) & (red - blue >= 30) & (red - green >= 13)] = Label.DESERT
    found[(red >= 95) & (red - green >= 25)] = Label.DESERT
    found[(blue >= red + BLUE) & (blue > green)] = Label.WATER
    found[cold & (lowest >= 120) & (highest - lowest <= 42)] = Label.ICE
    return found


def _latitude(rows: int, box: Box) -> NDArray[numpy.float64]:
    """Degrees from the equator (H, 1) of each row."""
    return numpy.asarray(numpy.abs(box.north - (numpy.arange(rows) + 0.5) * (box.degrees[1] / rows))[:, None])


def _is_mountain(height: NDArray[numpy.float32], box: Box) -> Places:
    above = numpy.maximum(height, 0) / 1000
    radius = WITHIN / 111.2 * height.shape[0] / box.degrees[1]
    mean = ndimage.gaussian_filter(above, radius)
    variance = ndimage.gaussian_filter(above * above, radius) - mean * mean
    return numpy.asarray((height > HIGH) | (variance > (RUGGED / 1000) ** 2))


def _voted(kinds: Labels, sure: Places, radius: float) -> Labels:
    """At each place the label of most sure places around it, near ones counting most; its own where none is near."""
    best = numpy.zeros(kinds.shape, numpy.uint8)
    found = kinds.copy()
    for label in ON_LAND:
        inside = Image.fromarray((sure & (kinds == label)).astype(numpy.uint8) * numpy.uint8(255))
        votes = numpy.asarray(inside.filter(ImageFilter.GaussianBlur(radius)))
        found[votes > best] = label
        best = numpy.maximum(best, votes)
    return found


def _without_patches(kinds: Labels, is_land: Places) -> Labels:
    """On land, small patches become what is nearest to them."""
    sure = numpy.zeros(kinds.shape, bool)
    for label in ON_LAND:
        sure |= large(is_land & (kinds == label), FEWEST)
    return spread(kinds, sure) if sure.any() else kinds


def _without_speckles(inside: Places) -> Places:
    """Without small patches, and without small holes."""
    return ~large(~large(inside, FEWEST), FEWEST)
