"""Makes the picture of the starters in the documentation, with the default recipe.

`python -m benchmarks.pictures` takes about four minutes on two cores. A painting's result is added with
`--painting FILE`.
"""

import argparse
import sys
from pathlib import Path

from PIL import Image

from benchmarks.drawings import village
from benchmarks.sheets import sheet
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.pausing import finish
from transfer.pictures import open_picture
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.land import IslandRecipe, WorldRecipe
from transfer.synthesis.starters import STARTERS

FOLDER = Path(__file__).parent.parent / "docs" / "images"
CELL = (268, 201)
Row = tuple[Image.Image, ...]


def main() -> int:
    """Paints each starter over three contents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--painting", type=Path, help="a scanned painting, shown below the starters")
    arguments = parser.parse_args()
    keep_freed_memory()
    sheet(_starters(arguments.painting), CELL).save(FOLDER / "starters.webp", quality=68, method=6)
    return 0


def _starters(painting: Path | None) -> list[Row]:
    """One row of contents, then one for each style: the style, and what it makes of each content."""
    contents = (
        village(),
        _made(WorldRecipe(seed=7, shape="4:3")),
        _made(IslandRecipe(seed=3, shape="4:3")),
    )
    styles = [_made(recipe) for recipe in STARTERS.values()]
    if painting is not None:
        styles.append(open_picture(painting))
    recipe = StyleRecipe(image_size=362)
    empty = Image.new("RGBA", CELL)
    painted = [(style, *(_painted(content, style, recipe) for content in contents)) for style in styles]
    return [(empty, *contents), *painted]


def _made(recipe: MadeRecipe) -> Image.Image:
    return finish(generator_of(recipe).make(recipe)).picture


def _painted(content: Image.Image, style: Image.Image, recipe: StyleRecipe) -> Image.Image:
    network = network_for(recipe, resolve())
    return to_picture(result(render(StyleInputs(content, (style,)), recipe, network)).image)


if __name__ == "__main__":
    sys.exit(main())
