"""Maps that people brought, small enough to be looked at again with each move of a field."""

import functools

from PIL import Image

from gallery.models import Picture, StoredFile
from gallery.pictures.uploads import one_at_a_time
from transfer.engine.ladder import fit
from transfer.inputs import Input, Role
from transfer.pictures import canonical

SIDE = 512  # px along the longer side: twice what a preview has
REMEMBERED = 4


def small_map(picture: Picture) -> Input:
    """The picture and its heights, if it has some. Raises FileNotFoundError."""
    return _read(picture.file, picture.elevation)


@functools.lru_cache(maxsize=REMEMBERED)
def _read(file: StoredFile, elevation: StoredFile) -> Input:
    """Files never change, since their names identify the content. Heights keep their levels: none is between two."""
    with one_at_a_time:
        with file.open() as opened, Image.open(opened) as image:
            picture = _reduced(canonical(image), Image.Resampling.BOX)
        if not elevation:
            return Input(Role.CONTENT, 0, picture)
        with elevation.open() as opened, Image.open(opened) as image:
            image.load()
            height = _reduced(image, Image.Resampling.NEAREST)
    return Input(Role.CONTENT, 0, picture, height)


def _reduced(image: Image.Image, how: Image.Resampling) -> Image.Image:
    return image.resize(fit(image.size, SIDE), how) if max(image.size) > SIDE else image.copy()
