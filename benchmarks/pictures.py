"""Makes the pictures of the documentation, from the project's own drawings and with the default recipe."""

import sys
from pathlib import Path

from PIL import Image

from benchmarks.drawings import brush, coast, mosaic, village
from transfer.features.registry import BACKBONES
from transfer.images import to_picture
from transfer.process import keep_freed_memory
from transfer.recipe import Recipe
from transfer.render import render

FOLDER = Path(__file__).parent.parent / "docs" / "images"
CELL, GAP = (400, 300), 8


def main() -> int:
    """One row for each pair: content, style, result."""
    keep_freed_memory()
    network = BACKBONES["vgg19-lite"].load(()).frozen()
    pairs = ((village(), brush()), (village(), mosaic()), (coast(), brush()))
    rows: list[tuple[Image.Image, ...]] = []
    for content, style in pairs:
        *_, last = render(content, style, Recipe(), network)
        rows.append((content, style, to_picture(last.image)))
    FOLDER.mkdir(exist_ok=True)
    _sheet(rows).save(FOLDER / "results.webp", quality=85)
    return 0


def _sheet(rows: list[tuple[Image.Image, ...]]) -> Image.Image:
    """Rows of pictures, each cropped to the same shape, with gaps that let any background through."""
    width, height = CELL
    sheet = Image.new("RGBA", (3 * width + 2 * GAP, len(rows) * (height + GAP) - GAP))
    for row, pictures in enumerate(rows):
        for column, picture in enumerate(pictures):
            sheet.paste(_cropped(picture), (column * (width + GAP), row * (height + GAP)))
    return sheet


def _cropped(picture: Image.Image) -> Image.Image:
    scale = max(CELL[0] / picture.width, CELL[1] / picture.height)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)
    left, top = (picture.width - CELL[0]) // 2, (picture.height - CELL[1]) // 2
    return picture.crop((left, top, left + CELL[0], top + CELL[1]))


if __name__ == "__main__":
    sys.exit(main())
