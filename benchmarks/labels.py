"""Does water stay water? A map with labels in the manner of places on the Earth, with their labels and without.

`python -m benchmarks.labels FOLDER` keeps the pictures there.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageCms

from benchmarks.table import print_table
from transfer.devices import resolve
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.labels import Label, LabelMap
from transfer.pausing import finish
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.matching import match
from transfer.style.regions import TO_LAB
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import Made
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.land import WorldRecipe

PLACES = ("caribbean", "sahara-coast", "greenland", "kamchatka", "indonesia")
ICY, COLD = ("greenland", "kamchatka"), -14.0  # degrees beside the usual: so that there is ice on the map for theirs
SIZE, LEAST = 512, 0.02  # pixels; the part of both pictures that a label covers at least, to be measured
WATER, ICE = ("deep water", "water"), ("ice",)
LAND = tuple(label.title for label in Label if label.title not in WATER)
Inside = NDArray[numpy.bool_]


def measured(folder: Path | None = None) -> Iterator[dict[str, object]]:
    """For each place, the part of the pixels of water, land and ice that are nearer to the style's than to its rest."""
    keep_freed_memory()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    for place in PLACES:
        content = _made(_map(COLD if place in ICY else 0.0))
        style = _made(EarthRecipe(place=place, image_size=SIZE))
        guided, seconds = _painted(content, style, "masks")
        free, _ = _painted(content, style, "none")
        if folder is not None:
            for name, picture in (
                ("content", content.picture),
                ("style", style.picture),
                ("labels", guided),
                ("plain", free),
            ):
                picture.save(folder / f"{place}_{name}.png")
        yield {
            "style": place,
            "water, %": _kept(guided, content, style, WATER),
            "water without": _kept(free, content, style, WATER),
            "land, %": _kept(guided, content, style, LAND),
            "land without": _kept(free, content, style, LAND),
            "ice, %": _kept(guided, content, style, ICE),
            "ice without": _kept(free, content, style, ICE),
            "seconds": seconds,
        }


def _map(warmer: float) -> MadeRecipe:
    """A generated world that is so many degrees warmer than usual."""
    return WorldRecipe(seed=7, image_size=SIZE, temperature=warmer)


def _made(recipe: MadeRecipe) -> Made:
    return finish(generator_of(recipe).make(recipe))


def _painted(content: Made, style: Made, regions: str) -> tuple[Image.Image, float]:
    recipe = StyleRecipe.model_validate({"image_size": SIZE, "regions": regions})
    found = match(_labels(content), [_labels(style)])
    inputs = StyleInputs(content.picture, (style.picture,))
    if regions == "masks":
        print(" ".join(found.sentences()), file=sys.stderr)
        inputs = replace(inputs, content_mask=found.content, style_masks=found.styles)
    network = network_for(recipe, resolve())
    begun = time.perf_counter()
    last = [step for step in render(inputs, recipe, network) if isinstance(step, Step)][-1]
    return to_picture(last.image), time.perf_counter() - begun


def _kept(painted: Image.Image, content: Made, style: Made, names: tuple[str, ...]) -> float | str:
    """In percent; nothing where either has too little of it."""
    wanted, there = _inside(_labels(content), names), _inside(_labels(style), names)
    if min(wanted.mean(), there.mean()) < LEAST:
        return "-"
    colours = _lab(style.picture)
    own, other = colours[there].mean(0), colours[~there].mean(0)
    found = _lab(painted)[wanted]
    nearer = numpy.linalg.norm(found - own, axis=1) < numpy.linalg.norm(found - other, axis=1)
    return 100 * float(nearer.mean())


def _labels(made: Made) -> LabelMap:
    if made.labels is None:
        raise ValueError("the generator gives no labels")
    return made.labels


def _inside(labels: LabelMap, names: tuple[str, ...]) -> Inside:
    return numpy.isin(labels.values, [value for value, name in labels.names.items() if name in names])


def _lab(picture: Image.Image) -> NDArray[numpy.float64]:
    """L from 0 to 100, a and b around 0 (H, W, 3)."""
    lab = cast(Image.Image, ImageCms.applyTransform(picture, TO_LAB))
    lightness, a, b = (numpy.asarray(channel, dtype=numpy.float64) for channel in lab.split())
    return numpy.stack([lightness / 2.55, a - 128, b - 128], 2)


if __name__ == "__main__":
    print_table("Water stays water, 512 px", measured(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
