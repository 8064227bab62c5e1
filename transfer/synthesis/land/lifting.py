"""Heights and climates for a map that only says what each place is."""

from dataclasses import replace

import numpy
from scipy import ndimage

from transfer.labels import Label, LabelMap
from transfer.synthesis.fields.lattice import octaves
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.patches import Labels, Places, enlarged
from transfer.synthesis.fields.resample import resampled
from transfer.synthesis.land.map_colours import WATER
from transfer.synthesis.terrain import DEEPEST, HIGHEST, Terrain

WET = {
    Label.PLAIN: 0.36,
    Label.FOREST: 0.68,
    Label.DESERT: 0.06,
    Label.MOUNTAIN: 0.42,
    Label.ICE: 0.4,
    Label.CITY: 0.4,
}
FROST, HEAT = -14.0, 19.0  # degrees Celsius: the warmest that ice is, the coldest that a desert is
INLAND, HILLS, PEAKS, ICE_CAP = 320.0, 150.0, 2500.0, 500.0  # metres
BLUR = 1 / 80  # of the long side: how far heights and climates reach over borders


def lifted(labels: Labels, size: tuple[int, int]) -> Field:
    """Heights (H, W) in metres above the sea, at (width, height), for labels (h, w): land rises from its coasts.

    What is labelled water lies below zero, and all else above.
    """
    is_sea = numpy.isin(labels, WATER)
    from_sea = _distance(~is_sea)
    noise = octaves(labels.shape, 7, 40, 6, 0.55)
    ridges = numpy.maximum(1 - numpy.abs(octaves(labels.shape, 9, 60, 6, 0.5)) * numpy.float32(0.7), 0)
    slope = from_sea / (from_sea + numpy.float32(0.05))
    land = slope * numpy.float32(INLAND) + slope * (noise + 1) * numpy.float32(HILLS)
    tall = _soft(_into(labels == Label.MOUNTAIN, 0.05))
    land += tall * (numpy.float32(0.3) + ridges) * numpy.float32(PEAKS) * numpy.minimum(slope * 2, 1)
    land += _soft(_into(labels == Label.ICE, 0.12)) * numpy.float32(ICE_CAP) * slope
    from_land = _distance(is_sea)
    deep = _soft((labels == Label.DEEP_WATER).astype(numpy.float32))
    sea = -3 - from_land * numpy.float32(2500) - deep * numpy.float32(2600) * numpy.minimum(from_land * 30, 1)
    coarse = numpy.where(is_sea, sea, numpy.maximum(land, 1)).astype(numpy.float32)
    fine = resampled(coarse, size[::-1])
    is_sea = numpy.isin(enlarged(labels, size), WATER)
    fine = numpy.where(is_sea, numpy.minimum(fine, numpy.float32(-1)), numpy.maximum(fine, numpy.float32(1)))
    return numpy.asarray(numpy.clip(fine, DEEPEST / 2, HIGHEST), dtype=numpy.float32)


def climate_of(labels: Labels, land: Terrain) -> Terrain:
    """The land with the labels (H, W) of a map in place of its own, its cities kept, and weather to match them."""
    labels = numpy.where((land.labels.values == Label.CITY) & (land.height >= 0), numpy.uint8(Label.CITY), labels)
    table = numpy.array([WET.get(Label(each), 0.5) for each in range(len(Label))], numpy.float32)
    wet = _soft(table[labels])
    warm = land.temperature.copy()
    for label, change in ((Label.ICE, FROST), (Label.DESERT, HEAT)):
        if (share := _soft((labels == label).astype(numpy.float32))).any():
            bound = numpy.minimum(warm, change) if label == Label.ICE else numpy.maximum(warm, change)
            warm += (bound - warm) * share
    return replace(land, labels=LabelMap.of(labels), moisture=wet, temperature=warm)


def _soft(field: Field) -> Field:
    """The field (H, W) blurred by a tent, which is the same on every processor."""
    width = 2 * max(1, round(BLUR * max(field.shape))) + 1
    return numpy.asarray(ndimage.uniform_filter(ndimage.uniform_filter(field, width), width), dtype=numpy.float32)


def _distance(inside: Places) -> Field:
    """How far each place (H, W) lies from what is not inside, as a part of the long side; 1 where all is inside."""
    if inside.all():
        return numpy.ones(inside.shape, numpy.float32)
    away = ndimage.distance_transform_edt(inside) / max(inside.shape)
    return numpy.asarray(away, dtype=numpy.float32)


def _into(inside: Places, far: float) -> Field:
    """From 0 outside to 1 where a place (H, W) lies `far` of the long side inside, and 0.35 at the edge."""
    depth = numpy.minimum(_distance(inside) / numpy.float32(far), 1)
    return numpy.asarray(inside * (numpy.float32(0.35) + depth * numpy.float32(0.65)), dtype=numpy.float32)
