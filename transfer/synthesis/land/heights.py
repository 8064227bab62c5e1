"""Heights as people's files have them: grey of 8 or 16 bits, or floats. Loads no SciPy."""

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy
from PIL import Image

from transfer.errors import PictureError
from transfer.inputs import Input, Role
from transfer.pictures import ANY, bytes_of
from transfer.reading.colours import LOWEST
from transfer.reading.colours import is_deep as is_deep
from transfer.reading.reader import finished, opened
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.made import CHUNK, height_png

PLAUSIBLE = (50.0, 9000.0)  # metres above the sea that the highest place of a map may be
FURTHEST = 1e7  # what a file may say of its sea
MOST_LEVELS, BAND = 1 << 20, 256  # beyond which none are counted; rows at once
LONGEST_CHUNK = 200  # characters


@dataclass(frozen=True)
class Heights:
    """Heights (H, W), in the unit of the file: 0 to 255 or 65535 in PNG, anything in a float TIFF.

    `sea` is that of the sea's surface, and `metres` how many a unit is, where the file says so. `step` is what apart
    its levels lie where they are so few that slopes would be stairs, else 0.
    """

    values: Field
    sea: float | None = None
    metres: float | None = None
    step: float = 0.0

    @classmethod
    def of(cls, image: Image.Image) -> Self:
        """Those in an opened picture. Places without a number, or transparent ones, are as low as the lowest.

        Zero is the sea of a file with depths below it. A TIFF whose heights are floats or have a sign is in metres, if
        they could be. Raises PictureError where no place has a number, and what the decoders raise.
        """
        told, signed = _told(image.info.get(CHUNK)), image.format == "TIFF" and image.mode in ("F", "I")
        image.load()
        is_grey = image.mode == "L" or is_deep(image)
        levels = numpy.asarray(image if is_grey else image.convert("RGB").convert("L"))
        values = levels.astype(numpy.float32)
        known = numpy.isfinite(values) & (values > LOWEST)
        if is_grey and isinstance(image.info.get("transparency"), int):
            known &= levels != image.info["transparency"]
        if not known.any():
            raise PictureError("This heightmap has no heights: export it again, without empty places.")
        values = numpy.where(known, values, values[known].min())
        lowest, highest = float(values.min()), float(values.max())
        sea, metres = told.get("sea"), told.get("metres")
        if signed and PLAUSIBLE[0] <= highest <= PLAUSIBLE[1]:
            sea, metres = 0.0, 1.0
        elif sea is None and lowest < 0 < highest:
            sea = 0.0
        return cls(values, sea, metres, _step(levels) if levels.dtype.kind in "iu" else 0.0)

    @property
    def inverted(self) -> Self:
        """With high and low exchanged; the file no longer says where the sea is."""
        turned = (self.values.max() + self.values.min()) - self.values
        return replace(self, values=turned, sea=None, metres=None)

    @property
    def picture(self) -> Image.Image:
        """As people look at it: from black for the lowest to white for the highest place, in 8 bits."""
        lowest, highest = float(self.values.min()), float(self.values.max())
        levels = (self.values - numpy.float32(lowest)) * numpy.float32(255 / max(highest - lowest, 1e-6))
        return Image.fromarray((levels + numpy.float32(0.5)).clip(0, 255).astype(numpy.uint8)).convert("RGB")

    def png(self) -> bytes:
        """A grey PNG of 16 bits: the levels of the file, or from 0 for the lowest to 65535 for the highest place."""
        lowest, highest = float(self.values.min()), float(self.values.max())
        if lowest >= 0 and highest > 255 and highest <= 65535 and bool((self.values == numpy.floor(self.values)).all()):
            return height_png(self.values.astype(numpy.uint16), self.sea, self.metres)
        scale = 65535 / (highest - lowest) if highest > lowest else 1.0
        levels = (self.values.astype(numpy.float64) - lowest) * scale + 0.5
        sea = None if self.sea is None else (self.sea - lowest) * scale
        return height_png(
            numpy.clip(levels, 0, 65535).astype(numpy.uint16), sea, None if self.metres is None else self.metres / scale
        )


def open_map(path: Path) -> Input:
    """Somebody's map, with its heights where the file has more levels than 8 bits; raises PictureError."""
    found = opened(bytes_of(path), str(path), ANY)
    if is_deep(found.image):
        return Input(Role.CONTENT, 0, Heights.of(found.image).picture, found.image)
    return Input(Role.CONTENT, 0, finished(found, str(path), ANY).picture)


def _told(text: object) -> dict[str, float]:
    """What a chunk says, as far as it is right: whatever a file says is not trusted."""
    if not isinstance(text, str) or len(text) > LONGEST_CHUNK:
        return {}
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    found = told if isinstance(told, dict) else {}
    return {
        name: float(value)
        for name, value in found.items()
        if name in ("sea", "metres")
        and isinstance(value, int | float)
        and math.isfinite(value)
        and abs(value) < FURTHEST
        and (value > 0 or name == "sea")
    }


def _step(levels: Any) -> float:
    """What apart the levels lie where there are at most 256."""
    lowest, highest = int(levels.min()), int(levels.max())
    if highest - lowest > MOST_LEVELS:
        return 0.0
    occurs = numpy.zeros(highest - lowest + 1, bool)
    for start in range(0, len(levels), BAND):
        occurs[levels[start : start + BAND].astype(numpy.int64) - lowest] = True
    found = numpy.flatnonzero(occurs)
    return float(numpy.diff(found).min()) if 1 < len(found) <= 256 else 0.0
