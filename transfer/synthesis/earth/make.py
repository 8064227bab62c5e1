"""Pictures of the Earth: a crop of a layer, with its labels and its height."""

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.engine.ladder import fit
from transfer.labels import Label, LabelMap
from transfer.synthesis.earth.atlas import crop, resolution, surface
from transfer.synthesis.earth.elevation import heights, parted
from transfer.synthesis.earth.labelling import labelled
from transfer.synthesis.fields.patches import enlarged
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.earth import EarthRecipe

SURVEYED = 768  # long side, in pixels, at which labels and heights are found: about what the sources have of a place
WATER = (Label.DEEP_WATER, Label.WATER)


def make(recipe: EarthRecipe) -> Making[Made]:
    """The box in its true shape; raises PictureError where the pictures of the Earth are not installed."""
    yield 0.0
    box, size = recipe.box, recipe.size
    surveyed = fit(size, min(SURVEYED, max(size)))
    picture = crop(recipe.layer, box, size)
    yield 0.3
    on = surface(box, surveyed)
    yield 0.5
    pixel = _pixel(surveyed, resolution("terrain", box))
    height = parted(_heights(box, surveyed, pixel), on)
    yield 0.7
    labels = LabelMap.of(enlarged(labelled(crop("satellite", box, surveyed), on, height, box, pixel), size))
    yield 0.9
    levels, sea = _levels(height, size)
    return Made(picture=picture, height=levels, sea=sea, labels=labels, facts=_facts(recipe, labels))


def _heights(box: Box, size: tuple[int, int], pixel: float) -> NDArray[numpy.float32]:
    """Metres above the sea (H, W), found on no more pixels than the source has."""
    coarse = fit(size, max(1, round(max(size) / max(1.0, pixel))))
    found = heights(crop("terrain", box, coarse), surface(box, coarse), box)
    return found if coarse == size else numpy.asarray(Image.fromarray(found).resize(size, Image.Resampling.BICUBIC))


def _pixel(size: tuple[int, int], source: tuple[int, int]) -> float:
    """How many pixels of a picture of this size one of its source has become, in the direction in which it is more."""
    return max(size[0] / source[0], size[1] / source[1])


def _levels(height: NDArray[numpy.float32], size: tuple[int, int]) -> tuple[NDArray[numpy.uint16], int]:
    """Heights in metres at (width, height), from 0 for the lowest to 65535 for the highest; and the sea's level."""
    large = numpy.asarray(Image.fromarray(height).resize(size, Image.Resampling.BICUBIC))
    lowest, highest = min(float(large.min()), 0.0), max(float(large.max()), 0.0)
    scale = 65535 / max(highest - lowest, 1.0)
    levels = (large - numpy.float32(lowest)) * numpy.float32(scale) + numpy.float32(0.5)
    return numpy.clip(levels, 0, 65535).astype(numpy.uint16), round(-lowest * scale)


def _facts(recipe: EarthRecipe, labels: LabelMap) -> tuple[str, ...]:
    shares = labels.shares()
    land = 1 - sum(shares.get(label.title, 0.0) for label in WATER)
    ice = shares.get(Label.ICE.title, 0.0)
    width, height = resolution(recipe.layer, recipe.box)
    found = [recipe.title, f"{land:.0%} land".replace("%", " %")]
    if ice >= 0.01:
        found.append(f"{ice:.0%} ice".replace("%", " %"))
    return (*found, f"{width} x {height} px in the source")
