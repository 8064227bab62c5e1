"""Small pictures of the Earth's places, all in one file, to choose a place by."""

import math

from PIL import Image

from gallery.pictures.made_once import made_once
from transfer import __version__
from transfer.pictures import encoded
from transfer.synthesis.earth.atlas import crop
from transfer.synthesis.recipes.places import PLACES

CELL = (84, 63)  # px of one of them
COLUMNS = 8
ROWS = math.ceil(len(PLACES) / COLUMNS)
WEBP = {"quality": 72, "method": 4}


def place_pictures() -> bytes:
    """A WebP of all places in their order, row by row. Raises PictureError where the Earth's are not installed."""
    return made_once(f"places-{__version__}-{len(PLACES)}", _drawn)


def corner(number: int) -> tuple[int, int]:
    """Where a place's picture begins in it, in px."""
    return number % COLUMNS * CELL[0], number // COLUMNS * CELL[1]


def _drawn() -> bytes:
    sheet = Image.new("RGB", (COLUMNS * CELL[0], ROWS * CELL[1]))
    for number, place in enumerate(PLACES.values()):
        size = place.box.size(4 * CELL[0])
        scale = max(wanted / side for wanted, side in zip(CELL, size, strict=True))
        whole = crop("satellite", place.box, (math.ceil(size[0] * scale), math.ceil(size[1] * scale)))
        left, top = (whole.width - CELL[0]) // 2, (whole.height - CELL[1]) // 2
        sheet.paste(whole.crop((left, top, left + CELL[0], top + CELL[1])), corner(number))
    return encoded(sheet, "WEBP", **WEBP)
