"""`python -m benchmarks.cookbook` paints the cookbook's presets for the documentation: content, style and result.

It takes minutes. Where somebody would bring a photo, there is the drawing of a village that the project makes.
"""

import os
import sys
from pathlib import Path

import django
from PIL import Image

from benchmarks.drawings import village
from benchmarks.sheets import sheet
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.labels import LabelMap
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.matching import match
from transfer.style.render import render
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import finish
from transfer.synthesis.recipes.base import MadeRecipe

FOLDER = Path(__file__).parent.parent / "docs" / "images"
CELL = (268, 268)
SIZE = 362  # pixels: a rung just above the cell


def main() -> int:
    """Makes `docs/images/cookbook_NAME.webp` for each preset."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    django.setup()
    from gallery.studio.presets import cookbook

    keep_freed_memory()
    for preset in cookbook().presets:
        made = {role: _made(sample.recipe) for role, sample in preset.samples.items()}
        content, style = (made.get(role, (village(), None)) for role in ("content", "style"))
        row = (content[0], style[0], _painted(content, style, preset.recipe.with_changes(image_size=SIZE)))
        sheet([row], CELL).save(FOLDER / f"cookbook_{preset.name}.webp", quality=78, method=6)
    return 0


Known = tuple[Image.Image, LabelMap | None]


def _made(recipe: MadeRecipe) -> Known:
    found = finish(generator_of(recipe).make(recipe))
    return found.picture, found.labels


def _painted(content: Known, style: Known, recipe: StyleRecipe) -> Image.Image:
    """With regions by name, where both know their places, as the site does it."""
    inputs = StyleInputs(content[0], (style[0],))
    if content[1] is not None and style[1] is not None and (found := match(content[1], [style[1]])).takes:
        recipe = recipe.with_changes(regions="masks")
        inputs = StyleInputs(content[0], (style[0],), content_mask=found.content, style_masks=found.styles)
    return to_picture(result(render(inputs, recipe, network_for(recipe, resolve()))).image)


if __name__ == "__main__":
    sys.exit(main())
