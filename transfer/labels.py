"""Labels: which places of a map are water, ice, a city, and so on. Free of torch.

A map of labels is an indexed PNG whose values are those of `Label`; a text chunk called `labels` names them as JSON,
`{"1": "water", ...}`, so that a file of another program may number them otherwise.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Self

import numpy
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from transfer.errors import MaskError
from transfer.pictures import BROKEN

CHUNK = "labels"
MOST_LABELS = 8
LONGEST_CHUNK, LONGEST_NAME = 4096, 40  # characters


class Label(IntEnum):
    """What a place is; the values are those of masks."""

    DEEP_WATER = 0
    WATER = 1
    PLAIN = 2
    DESERT = 3
    FOREST = 4
    MOUNTAIN = 5
    ICE = 6
    CITY = 7

    @property
    def title(self) -> str:
        """As people read it."""
        return self.name.lower().replace("_", " ")

    @classmethod
    def titled(cls, title: str) -> Self:
        """The label of this title; raises KeyError where there is none."""
        return cls[title.strip().upper().replace(" ", "_")]


COLOURS: Mapping[Label, tuple[int, int, int]] = {
    Label.DEEP_WATER: (24, 58, 112),
    Label.WATER: (64, 124, 184),
    Label.PLAIN: (164, 192, 104),
    Label.DESERT: (226, 200, 140),
    Label.FOREST: (52, 110, 60),
    Label.MOUNTAIN: (136, 120, 108),
    Label.ICE: (240, 246, 250),
    Label.CITY: (196, 72, 56),
}


def colour_of(name: str) -> tuple[int, int, int] | None:
    """The colour of the label of this title; None where there is none."""
    try:
        return COLOURS[Label.titled(name)]
    except KeyError:
        return None


@dataclass(frozen=True)
class LabelMap:
    """The label of every pixel: `values` (H, W) are bytes, and `names` says what each that occurs is called."""

    values: NDArray[numpy.uint8]
    names: Mapping[int, str]

    @classmethod
    def of(cls, values: NDArray[numpy.uint8]) -> Self:
        """A map whose values are those of `Label`."""
        return cls(values, {int(each): Label(int(each)).title for each in numpy.unique(values)})

    @classmethod
    def read(cls, source: Path | bytes) -> Self:
        """The map in a PNG, or in its bytes; raises MaskError where it is none, or does not name its labels."""
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        what = "The map of labels" if isinstance(source, bytes) else str(source)
        try:
            with Image.open(file, formats=["PNG"]) as image:
                image.load()
                found = cls.in_picture(image)
        except FileNotFoundError as error:
            raise MaskError(f"There is no file {what}.") from error
        except (*BROKEN, MaskError) as error:
            raise MaskError(f"{what} cannot be read as labels: {str(error).removesuffix('.')}.") from error
        if found is None:
            raise MaskError(f"{what} does not say what its labels are called: give a PNG with a text chunk {CHUNK}.")
        return found

    @classmethod
    def in_picture(cls, mask: Image.Image) -> Self | None:
        """The map in an opened mask; None where it does not name its labels.

        Raises MaskError for names that are wrong: whatever a file says is not trusted.
        """
        text = mask.info.get(CHUNK)
        if not isinstance(text, str) or mask.mode not in ("P", "L"):
            return None
        values, told = numpy.array(mask, dtype=numpy.uint8), names_in(text)
        found = [int(value) for value in numpy.unique(values)]
        if nameless := [value for value in found if value not in told]:
            raise MaskError(f"The value {nameless[0]} of the mask has no name: name it, or leave it out.")
        if len(found) > MOST_LABELS:
            raise MaskError(f"The mask has {len(found)} labels, and eight are the most: leave some out.")
        return cls(values, {value: told[value] for value in found})

    def shares(self) -> dict[str, float]:
        """What part of the map each name covers, largest first; the parts sum to 1."""
        counts = numpy.bincount(self.values.ravel(), minlength=256) / self.values.size
        found = dict.fromkeys(self.names.values(), 0.0)
        for value, name in self.names.items():
            found[name] += float(counts[value])
        return dict(sorted(found.items(), key=lambda each: -each[1]))

    def picture(self) -> Image.Image:
        """An indexed picture in the colours of the labels."""
        image = Image.fromarray(self.values, "P")
        palette = [0] * 768
        for value, name in self.names.items():
            colour = colour_of(name) or (value * 97 % 256, value * 57 % 256, value * 17 % 256)
            palette[3 * value : 3 * value + 3] = colour
        image.putpalette(palette)
        return image

    def png(self) -> bytes:
        """The file: an indexed PNG that names its labels."""
        chunks = PngInfo()
        chunks.add_text(CHUNK, as_text(self.names))
        file = io.BytesIO()
        self.picture().save(file, "PNG", pnginfo=chunks)
        return file.getvalue()


def as_text(names: Mapping[int, str]) -> str:
    """What the chunk says."""
    return json.dumps({str(value): name for value, name in sorted(names.items())})


def names_in(text: str) -> dict[int, str]:
    """What a chunk says, with names in lower case; raises MaskError for anything but names of at most 256 values."""
    wrong = 'The names of the labels should be JSON, as in {"1": "water"}'
    try:
        told: Any = json.loads(text) if len(text) <= LONGEST_CHUNK else None
    except (ValueError, RecursionError) as error:
        raise MaskError(f"{wrong}.") from error
    if not isinstance(told, dict):
        raise MaskError(f"{wrong}, and at most {LONGEST_CHUNK} characters.")
    found = {}
    for value, name in told.items():
        if not (value.isascii() and value.isdecimal() and len(value) <= 3 and int(value) <= 255):
            raise MaskError(f"{wrong}: values are whole numbers from 0 to 255.")
        if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
            raise MaskError(f"{wrong}: names have 1 to {LONGEST_NAME} letters.")
        found[int(value)] = name.strip().lower()
    return found
