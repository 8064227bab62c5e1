"""What a browser states of files that it still has, so that a plan needs no upload: size, and how long a clip lasts."""

import re

from gallery.pictures import uploads
from transfer.film.footage import Footage
from transfer.kinds import Size

SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")
USUAL_RATE = 30  # frames a second
LONGEST_CLIP = 86_400.0  # seconds


def size(text: str) -> Size | None:
    """WIDTHxHEIGHT, if a picture of that size may be uploaded."""
    found = SIZE.fullmatch(text)
    stated = (int(found[1]), int(found[2])) if found else None
    return stated if stated and not uploads.about_size(*stated) else None


def footage(size: Size, seconds: str) -> Size:
    """A clip's, as far as the browser can tell how long it lasts; else its size."""
    try:
        lasts = float(seconds)
    except ValueError:
        return size
    return Footage(size, round(lasts * USUAL_RATE), lasts) if 0 < lasts < LONGEST_CLIP else size
