"""What a generator gives."""

import io
import json
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

import numpy
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from transfer.labels import LabelMap

T = TypeVar("T")
CHUNK = "height"  # the text chunk of a height's PNG that says where the sea is, as {"sea": 21000}
Making = Generator[float, None, T]  # yields the fraction that is done, now and then, and returns what was made


@dataclass(frozen=True)
class River:
    """A river from its spring to its mouth.

    `points` (N, 2) are x and y in pixels, from the picture's upper left corner; `widths` (N,) in pixels. `order` is
    Strahler's.
    """

    points: NDArray[numpy.float64]
    widths: NDArray[numpy.float64]
    order: int = 1


@dataclass(frozen=True)
class Made:
    """A picture, and what is known of it; `facts` are a few words each, as "31% land".

    `height` (H, W) is from 0 for the lowest to 65535 for the highest place, and `sea` the value of the sea's surface.
    """

    picture: Image.Image
    height: NDArray[numpy.uint16] | None = None
    sea: int | None = None
    labels: LabelMap | None = None
    rivers: tuple[River, ...] = ()
    facts: tuple[str, ...] = ()
    wraps: bool = False


def height_png(height: NDArray[numpy.uint16], sea: float | None = None, metres: float | None = None) -> bytes:
    """A height as a grey PNG of 16 bits, which says what the level of the sea is, and how many metres a level is."""
    told = {name: value for name, value in (("sea", sea), ("metres", metres)) if value is not None}
    chunks = PngInfo()
    if told:
        chunks.add_text(CHUNK, json.dumps(told))
    file = io.BytesIO()
    Image.fromarray(height).save(file, "PNG", pnginfo=chunks)
    return file.getvalue()
