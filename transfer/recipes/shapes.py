"""The shapes of pictures that may choose theirs: width to height."""

from typing import Literal

Wide = Literal["1:1", "4:3", "3:2", "16:9", "2:1"]
Tall = Literal["3:4", "2:3", "9:16"]


def ratio_of(shape: str) -> tuple[int, int]:
    """Width and height in any unit, of a shape such as "16:9"."""
    width, height = map(int, shape.split(":"))
    return width, height
