"""Makes pictures in the documentation from the project's own drawings, with the default recipe.

`python -m benchmarks.pictures results` takes half a minute on two cores, `starters` about four. A painting's result is
added to the starters with `--painting FILE`.
"""

import argparse
import sys
from pathlib import Path

from PIL import Image

from benchmarks.drawings import brush, coast, mosaic, village
from benchmarks.sheets import sheet
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.pictures import open_picture
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.render import render
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import finish
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.land import IslandRecipe, WorldRecipe
from transfer.synthesis.starters import STARTERS

FOLDER = Path(__file__).parent.parent / "docs" / "images"
CELL = (400, 300)
SMALL = (268, 201)
Row = tuple[Image.Image, ...]


def main() -> int:
    """Makes the pictures that are asked for, or both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="*", metavar="results|starters", default=["results", "starters"])
    parser.add_argument("--painting", type=Path, help="a scanned painting, shown below the starters")
    arguments = parser.parse_args()
    keep_freed_memory()
    FOLDER.mkdir(exist_ok=True)
    if "results" in arguments.pictures:
        sheet(_results(), CELL).save(FOLDER / "results.webp", quality=85)
    if "starters" in arguments.pictures:
        sheet(_starters(arguments.painting), SMALL).save(FOLDER / "starters.webp", quality=68, method=6)
    return 0


def _results() -> list[Row]:
    """One row for each pair: content, style, result."""
    pairs = ((village(), brush()), (village(), mosaic()), (coast(), brush()))
    return [(content, style, _painted(content, style, StyleRecipe())) for content, style in pairs]


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
    empty = Image.new("RGBA", SMALL)
    painted = [(style, *(_painted(content, style, recipe) for content in contents)) for style in styles]
    return [(empty, *contents), *painted]


def _made(recipe: MadeRecipe) -> Image.Image:
    return finish(generator_of(recipe).make(recipe)).picture


def _painted(content: Image.Image, style: Image.Image, recipe: StyleRecipe) -> Image.Image:
    network = network_for(recipe, resolve())
    return to_picture(result(render(StyleInputs(content, (style,)), recipe, network)).image)


if __name__ == "__main__":
    sys.exit(main())
