"""`python -m benchmarks.looks [NAME...]` shows what each look of `gallery/studio/looks.toml` does, for the studio.

Each gets the same drawing of a village, and the same strokes. It takes a minute or two of processor time.
"""

import argparse
import os
import sys
from pathlib import Path

import django
from PIL import Image

from benchmarks.cookbook import small
from benchmarks.drawings import brush, village
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

FOLDER = Path(__file__).parent.parent / "static" / "presets"
SIZE = 362  # pixels: a rung


def main() -> int:
    """Makes `static/presets/NAME.webp` for each look, or for those named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    django.setup()
    from gallery.studio.looks import looks

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a look; all by default")
    wanted = parser.parse_args().names
    keep_freed_memory()
    for look in looks():
        if not wanted or look.name in wanted:
            (FOLDER / f"{look.name}.webp").write_bytes(small(_painted(look.recipe)))
    return 0


def _painted(recipe: StyleRecipe) -> Image.Image:
    recipe = recipe.with_changes(image_size=SIZE)
    inputs = StyleInputs(village(), (brush(),))
    return to_picture(result(render(inputs, recipe, network_for(recipe, resolve()))).image)


if __name__ == "__main__":
    sys.exit(main())
