"""Files that end early: what can be decoded of them, and what is missing.

Pillow's own switch for them is for the whole process, and so for every thread; so a decoder that stops is asked what it
has written.
"""

import contextlib
from collections.abc import Callable

import numpy
from PIL import Image, ImageFile

from transfer.reading.complaint import BROKEN, DAMAGED, Complaint
from transfer.reading.rules import MOST_DEEP

ROUNDING = 0.001
Opening = Callable[[], ImageFile.ImageFile]


def decoded(opening: Opening, share: Callable[[], float], most: float) -> tuple[Image.Image, Image.Image | None]:
    """The picture, and where it is missing (255 in a mask) if that is at most this part of it. Raises Complaint.

    `share` says about how much of it is there, before memory is taken to find out.
    """
    image: Image.Image = opening()
    with contextlib.suppress(*BROKEN):
        image.load()
        return image, None
    if image.width * image.height > MOST_DEEP or share() < 1 - most - ROUNDING:
        raise Complaint(DAMAGED)
    missing = unwritten(opening)
    if missing.mean() > most:
        raise Complaint(DAMAGED)
    mask = Image.fromarray(numpy.where(missing, 255, 0).astype(numpy.uint8), "L") if missing.any() else None
    return _painted_over(opening(), 0), mask


def unwritten(opening: Opening) -> numpy.ndarray:
    """Which pixels (H, W) a file has no data for: those that stay black on black, and white on white."""
    black, white = (numpy.asarray(_painted_over(opening(), level)) for level in (0, 1))
    differ: numpy.ndarray = numpy.not_equal(black, white)
    return numpy.asarray(differ.any(axis=2)) if differ.ndim == 3 else differ


def _painted_over(image: ImageFile.ImageFile, level: int) -> Image.Image:
    """What can be decoded, over a picture that is all 0 or the highest level."""
    bands = len(image.getbands())
    most = (65535 if image.mode.startswith("I") else 255) * level
    image.im = Image.new(image.mode, image.size, most if bands == 1 else (most,) * bands).im
    with contextlib.suppress(*BROKEN):
        image.load()
    image.tile = []
    return image
