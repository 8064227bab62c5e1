"""What goes into a piece of work: pictures, each with a role and a place. Free of torch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import Image


class Role(StrEnum):
    """What a picture is for. A kind of work says which roles it takes, and how many of each."""

    CONTENT = "content"
    STYLE = "style"
    GUIDE = "guide"
    MASK = "mask"
    START = "start"
    FRAME = "frame"


Size = tuple[int, int]  # width and height, in pixels
Sizes = Mapping[Role, Sequence[Size]]  # of the inputs, in the order of their places


def content_in(sizes: Sizes) -> Size:
    """That of the content; a square where what was stored has lost it."""
    return next(iter(sizes.get(Role.CONTENT, ())), (1, 1))


@dataclass(frozen=True)
class Input:
    """A picture that goes in.

    Places count from 1 where there may be several of a role, as with styles; otherwise the place is 0. A mask has the
    place of what it belongs to: 0 is the content, 1 the first style. `height` is an opened grey picture of the heights
    of its places, in 16 bits or as floats, where they are known and the kind asks for them. `clip` is the file of what
    `picture` is a frame of, where the kind asks for that, and `clip_sha256` its hash.
    """

    role: Role
    place: int
    picture: Image.Image
    height: Image.Image | None = None
    clip: Path | None = None
    clip_sha256: str = ""


@dataclass(frozen=True)
class Inputs:
    """All pictures that go in, in any order; no two of a role have the same place."""

    given: tuple[Input, ...]

    def of(self, role: Role) -> tuple[Image.Image, ...]:
        """The pictures of a role, by their places."""
        found = (each for each in self.given if each.role == role)
        return tuple(each.picture for each in sorted(found, key=lambda each: each.place))

    @property
    def sizes(self) -> dict[Role, list[tuple[int, int]]]:
        """(width, height) in pixels of the pictures of each role, by their places."""
        return {role: [picture.size for picture in self.of(role)] for role in {each.role for each in self.given}}

    def one(self, role: Role) -> Image.Image | None:
        """The first picture of a role, if there is one."""
        return next(iter(self.of(role)), None)

    @property
    def clip(self) -> Input | None:
        """What a film is made of, if that is there."""
        return next((each for each in self.given if each.clip is not None), None)
