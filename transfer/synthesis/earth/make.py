"""Pictures of the Earth: a crop of a layer, with its labels and its height."""

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.engine.ladder import fit
from transfer.labels import Label, LabelMap
from transfer.synthesis.earth.atlas import crop, resolution, surface
from transfer.synthesis.earth.elevation import heights, parted
from transfer.synthesis.earth.labelling import labelled
from transfer.synthesis.fields.patches import Labels, enlarged
from transfer.synthesis.made import Made, Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.remembered import Remembered

SURVEYED = 768  # long side, in pixels, at which labels and heights are found: about what the sources have of a place
WATER = (Label.DEEP_WATER, Label.WATER)


def make(recipe: EarthRecipe) -> Making[Made]:
    """The box in its true shape; raises PictureError where the pictures of the Earth are not installed."""
    yield 0.0
    box, size = recipe.box, recipe.size
    surveyed = fit(size, min(SURVEYED, max(size)))
    picture = crop(recipe.layer, box, size)
    yield 0.3
    height, found = yield from part(_surveys.made((box, surveyed), _surveyed(box, surveyed)), 0.3, 0.9)
    labels = LabelMap.of(enlarged(found, size))
    levels, sea = _levels(height, size)
    return Made(picture=picture, height=levels, sea=sea, labels=labels, facts=_facts(recipe, labels))


Survey = tuple[NDArray[numpy.float32], Labels]
_surveys = Remembered[Survey](4)


def _surveyed(box: Box, size: tuple[int, int]) -> Making[Survey]:
    """The heights in metres (H, W) and the labels (H, W) of a box, whatever is shown of it."""
    on = surface(box, size)
    yield 0.3
    pixel = _pixel(size, resolution("terrain", box))
    height = parted(_heights(box, on, pixel), on)
    yield 0.6
    return height, labelled(crop("satellite", box, size), on, height, box, pixel)


def _heights(box: Box, on: NDArray[numpy.uint8], pixel: float) -> NDArray[numpy.float32]:
    """Metres above the sea (H, W), found on no more pixels than the source has; `on` (H, W) is what the surface is."""
    size = on.shape[1], on.shape[0]
    coarse = fit(size, max(1, round(max(size) / max(1.0, pixel))))
    if coarse == size:
        return heights(crop("terrain", box, size), on, box)
    found = heights(crop("terrain", box, coarse), surface(box, coarse), box)
    return numpy.asarray(Image.fromarray(found).resize(size, Image.Resampling.BICUBIC))


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
    found = [recipe.title, f"{land:.0%} land"]
    if ice >= 0.01:
        found.append(f"{ice:.0%} ice")
    return (*found, f"{width} × {height} px in the source")
