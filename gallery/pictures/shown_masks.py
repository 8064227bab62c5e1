"""Stored masks as people see them: small, each region in its colour, and what the regions are called."""

import base64
import functools
from dataclasses import dataclass

import numpy
from django.core.files.storage import default_storage
from PIL import Image

from gallery.pictures.palette import hexadecimal
from transfer.errors import MaskError
from transfer.labels import LabelMap, colour_of
from transfer.pictures import BROKEN, encoded
from transfer.style.regions import UNUSED

LONGEST = 128  # px
PAINTED = ("#d9d6d0", "#e69f00", "#56b4e9", "#12a578", "#f0e442", "#a08cf7", "#e8663c", "#e58fbd")  # as in the studio
UNPAINTED = 0


@dataclass(frozen=True)
class Region:
    """What a label is called, and its colour as "#rrggbb"."""

    name: str
    colour: str


@dataclass(frozen=True)
class ShownMask:
    """A small picture as a data URI with its size in px, and the regions that occur in it, by their labels."""

    address: str
    width: int
    height: int
    regions: tuple[Region, ...]


@functools.lru_cache(maxsize=256)
def shown(name: str) -> ShownMask | None:
    """The stored mask `name`; None where it is gone. It never changes, since its name identifies the content."""
    try:
        with default_storage.open(name) as file, Image.open(file, formats=("PNG",)) as image:
            image.load()
            names = _names(image)
            labels = numpy.asarray(image if image.mode == "P" else image.convert("L"))
    except BROKEN:
        return None
    regions = {int(label): _region(int(label), names) for label in numpy.unique(labels)}
    small = Image.fromarray(labels, "P")
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.NEAREST)
    palette = bytearray(768)
    for label, region in regions.items():
        palette[3 * label : 3 * label + 3] = bytes.fromhex(region.colour[1:])
    small.putpalette(bytes(palette))
    address = "data:image/png;base64," + base64.b64encode(encoded(small, "PNG", optimize=True)).decode()
    return ShownMask(address, *small.size, tuple(regions.values()))


def _names(mask: Image.Image) -> dict[int, str]:
    """What the file calls its labels; nothing where it does not say so."""
    try:
        found = LabelMap.in_picture(mask)
    except MaskError:
        found = None
    return dict(found.names) if found else {}


def _region(label: int, names: dict[int, str]) -> Region:
    name = names.get(label) or ("the rest" if label == UNPAINTED else f"region {label}")
    own = colour_of(name)
    painted = PAINTED[UNPAINTED if label == UNUSED else label % len(PAINTED)]
    return Region(name.capitalize(), hexadecimal(own) if own else painted)
