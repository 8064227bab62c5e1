"""Labels: which places of a map are water, ice, a city, and so on. Free of torch.

A map of labels is an indexed PNG whose values are those of `Label`; a text chunk called `labels` names them as JSON,
`{"1": "water", ...}`, so that a file of another program may number them otherwise.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import numpy
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

CHUNK = "labels"


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


@dataclass(frozen=True)
class LabelMap:
    """The label of every pixel: `values` (H, W) are bytes, and `names` says what each that occurs is called."""

    values: NDArray[numpy.uint8]
    names: Mapping[int, str]

    @classmethod
    def of(cls, values: NDArray[numpy.uint8]) -> Self:
        """A map whose values are those of `Label`."""
        return cls(values, {int(each): Label(int(each)).title for each in numpy.unique(values)})

    def shares(self) -> dict[str, float]:
        """What part of the map each name covers, largest first; the parts sum to 1."""
        counts = numpy.bincount(self.values.ravel(), minlength=256) / self.values.size
        found = {name: float(counts[value]) for value, name in self.names.items()}
        return dict(sorted(found.items(), key=lambda each: -each[1]))

    def picture(self) -> Image.Image:
        """An indexed picture in the colours of the labels."""
        image = Image.fromarray(self.values, "P")
        palette = [0] * 768
        for value, name in self.names.items():
            try:
                colour = COLOURS[Label.titled(name)]
            except KeyError:
                colour = (value * 97 % 256, value * 57 % 256, value * 17 % 256)
            palette[3 * value : 3 * value + 3] = colour
        image.putpalette(palette)
        return image

    def png(self) -> bytes:
        """The file: an indexed PNG that names its labels."""
        chunks = PngInfo()
        chunks.add_text(CHUNK, json.dumps({str(value): name for value, name in sorted(self.names.items())}))
        file = io.BytesIO()
        self.picture().save(file, "PNG", pnginfo=chunks)
        return file.getvalue()
