"""A part of a picture: a rectangle of it, then mirrored, then turned. Free of torch."""

import re
from dataclasses import dataclass
from typing import Self

import numpy
from PIL import Image

from transfer.errors import PictureError
from transfer.labels import LabelMap

LONGEST_TEXT = 60  # characters
_EDGE = r"(0|1|0?\.[0-9]{1,8}|1\.0{1,8})"
TEXT = re.compile(rf"{_EDGE},{_EDGE},{_EDGE},{_EDGE}(?:;(0|90|180|270))?(;flip)?")
WRONG = "A crop is written as left,top,right,bottom from 0 to 1, then a turn, as in 0.1,0,0.9,1;90."
TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns to the left
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
IN_WORDS = {90: "turned right", 180: "turned upside down", 270: "turned left"}


@dataclass(frozen=True)
class Crop:
    """A rectangle by its edges, from 0 to 1 of the upright picture's width and height.

    What is in it is mirrored left to right with `flip`, and then turned clockwise by `turn`: 0, 90, 180 or 270 degrees.
    """

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    turn: int = 0
    flip: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        """The crop that `text` says, as in "0.1,0.2,0.9,1;90;flip". Raises PictureError with one sentence."""
        found = TEXT.fullmatch(text.strip()) if len(text) <= LONGEST_TEXT else None
        if found is None:
            raise PictureError(WRONG)
        left, top, right, bottom = (float(found[number]) for number in range(1, 5))
        crop = cls(left, top, right, bottom, int(found[5] or 0), bool(found[6]))
        if crop.left >= crop.right or crop.top >= crop.bottom:
            raise PictureError("This crop leaves nothing: left must be less than right, and top less than bottom.")
        return crop

    def __str__(self) -> str:
        """The same crop always reads the same."""
        edges = ",".join(f"{edge:.5f}".rstrip("0").rstrip(".") for edge in self.edges)
        return f"{edges};{self.turn}{';flip' if self.flip else ''}"

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def is_whole(self) -> bool:
        """Whether the picture stays as it is."""
        return self == Crop()

    def box(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in whole pixels of a picture of this size; at least one pixel."""
        (left, right), (top, bottom) = (
            (min(round(low * side), side - 1), max(round(high * side), min(round(low * side), side - 1) + 1))
            for low, high, side in ((self.left, self.right, size[0]), (self.top, self.bottom, size[1]))
        )
        return left, top, right, bottom

    def size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Width and height, in pixels, of this part of a picture of `size`."""
        left, top, right, bottom = self.box(size)
        return (bottom - top, right - left) if self.turn in (90, 270) else (right - left, bottom - top)

    def of(self, picture: Image.Image) -> Image.Image:
        """This part of a picture of any mode."""
        part = picture.crop(self.box(picture.size))
        if self.flip:
            part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return part.transpose(TURNS[self.turn]) if self.turn else part

    def of_labels(self, labels: LabelMap) -> LabelMap:
        """This part of a map of labels, with the names that are still in it."""
        values = numpy.array(self.of(Image.fromarray(labels.values, "L")))
        return LabelMap(values, {value: labels.names[value] for value in map(int, numpy.unique(values))})

    def in_words(self) -> str:
        """As people read it: "cropped to 80% × 100%, mirrored, turned right"."""
        wide, high = round(100 * (self.right - self.left)), round(100 * (self.bottom - self.top))
        cut = f"cropped to {wide}% × {high}%" if self.edges != (0, 0, 1, 1) else ""
        return ", ".join(filter(None, [cut, "mirrored" if self.flip else "", IN_WORDS.get(self.turn, "")]))
