"""Makes the pictures in the documentation from the project's own drawings, with the default recipe."""

import sys
from pathlib import Path

from PIL import Image

from benchmarks.drawings import brush, coast, mosaic, village
from benchmarks.sheets import sheet
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.render import render

FOLDER = Path(__file__).parent.parent / "docs" / "images"
CELL = (400, 300)


def main() -> int:
    """Makes one row for each pair: content, style, result."""
    keep_freed_memory()
    network = network_for(StyleRecipe(), resolve())
    pairs = ((village(), brush()), (village(), mosaic()), (coast(), brush()))
    rows: list[tuple[Image.Image, ...]] = []
    for content, style in pairs:
        rows.append(
            (content, style, to_picture(result(render(StyleInputs(content, (style,)), StyleRecipe(), network)).image))
        )
    FOLDER.mkdir(exist_ok=True)
    sheet(rows, CELL).save(FOLDER / "results.webp", quality=85)
    return 0


if __name__ == "__main__":
    sys.exit(main())
