"""A clip that wipes from the content to the result and back: H.264 in MP4, to be sent to other people.

A frame takes its columns from two pictures that are converted once, so that encoding is nearly all of the work.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy
from numpy.typing import NDArray
from PIL import Image

from gallery.models import Picture, Render
from gallery.pictures.results import derived
from gallery.pictures.results.before_after import both
from transfer.film.writer import FilmWriter

Plane = NDArray[numpy.uint8]
WIDEST, HIGHEST, SMALLEST = 1920, 1080, 16  # px
RATE = 25  # frames a second
BEFORE, WIPE, AFTER, BACK = 15, 55, 30, 50  # frames: six seconds in all
DIVIDER = 4  # px
WHITE = (235, 128, 128)
RED, BLUE = 0.2126, 0.0722  # what they weigh in lightness, by BT.709


def as_mp4(render: Render, content: Picture) -> str:
    """The name of the stored clip. Raises `derived.Busy`, and FileNotFoundError when one of the two is gone."""
    name = derived.name(str(render.output), f"-wipe-{content.sha256[:8]}.mp4")
    return derived.stored(name, lambda: _mp4(*both(render, content, size(render))))


def size(render: Render) -> tuple[int, int]:
    """Width and height of the clip: both even, as H.264 wants them."""
    scale = min(1.0, WIDEST / render.width, HIGHEST / render.height)
    width, height = (max(SMALLEST, int(side * scale) // 2 * 2) for side in (render.width, render.height))
    return width, height


def places(width: int) -> Iterator[int]:
    """Where the divider is in each frame: the content is on its left, the result on its right."""
    shares = [0.0] * BEFORE
    shares += [_eased(frame / WIPE) for frame in range(1, WIPE + 1)]
    shares += [1.0] * AFTER
    shares += [1 - _eased(frame / BACK) for frame in range(1, BACK + 1)]
    return (round(width * (1 - share) / 2) * 2 for share in shares)


def planes(picture: Image.Image) -> tuple[Plane, Plane, Plane]:
    """Lightness (H, W) and both chromas (H / 2, W / 2) of an RGB picture with even sides, by BT.709, from 16 to 240."""
    red, green, blue = (numpy.asarray(each, numpy.float32) for each in picture.split())
    luma = RED * red + (1 - RED - BLUE) * green + BLUE * blue
    chromas = ((blue - luma) / (2 * (1 - BLUE)), (red - luma) / (2 * (1 - RED)))
    height, width = luma.shape
    small = (each.reshape(height // 2, 2, width // 2, 2).mean((1, 3)) for each in chromas)
    blues, reds = (_bytes(128 + each * (224 / 255)) for each in small)
    return _bytes(16 + luma * (219 / 255)), blues, reds


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def _bytes(values: NDArray[numpy.float32]) -> Plane:
    return (values + 0.5).astype(numpy.uint8)


def _frame(before: tuple[Plane, ...], after: tuple[Plane, ...], place: int) -> Plane:
    """The frame with its divider at `place`, an even number of px: all planes one below the other, as wide as it is."""
    width = before[0].shape[1]
    found = []
    for one, other, white in zip(before, after, WHITE, strict=True):
        scale = width // one.shape[1]
        at, half = place // scale, DIVIDER // 2 // scale
        mixed = numpy.concatenate([one[:, :at], other[:, at:]], axis=1)
        if 0 < place < width:
            mixed[:, max(0, at - half) : at + half] = white
        found.append(mixed.ravel())
    return numpy.concatenate(found).reshape(-1, width)


def _mp4(before: Image.Image, after: Image.Image) -> bytes:
    one, other = planes(before), planes(after)
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        with FilmWriter(Path(file.name), before.size, RATE) as film:
            for place in places(before.width):
                film.add_planes(_frame(one, other, place))
        return file.read()
