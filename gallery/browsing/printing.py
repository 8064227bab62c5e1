"""How large a picture is on paper, and how many pixels a page takes."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

DENSITIES = (72, 150, 300)  # dots per inch
USUAL = 300
PAGES = {"A4": (29.7, 21.0), "A3": (42.0, 29.7)}  # long and short side in cm
CM_PER_INCH = 2.54


@dataclass(frozen=True)
class Page:
    """A page, the long side in px of a picture that fills it as far as its shape allows, and whether it has that."""

    name: str
    side: int
    is_filled: bool


@dataclass(frozen=True)
class Print:
    """A picture on paper at a density: width and height in cm, and what pages would take."""

    density: int
    width: float
    height: float
    pages: tuple[Page, ...]

    @property
    def is_usual(self) -> bool:
        """Whether people see this one first."""
        return self.density == USUAL


def prints(size: tuple[int, int]) -> list[Print]:
    """A picture of (width, height) px at each density."""
    return [
        Print(density, _printed(size[0], density), _printed(size[1], density), tuple(_pages(size, density)))
        for density in DENSITIES
    ]


def missing_sides(found: Iterable[Print]) -> set[int]:
    """The long sides in px that pages take and the picture does not have."""
    return {page.side for each in found for page in each.pages if not page.is_filled}


def _printed(side: int, density: int) -> float:
    """A side in cm."""
    return side / density * CM_PER_INCH


def _pages(size: tuple[int, int], density: int) -> Iterable[Page]:
    longer, shorter = max(size), min(size)
    for name, (length, breadth) in PAGES.items():
        printed = longer * min(length / longer, breadth / shorter)  # cm along the long side
        side = math.ceil(printed / CM_PER_INCH * density)
        yield Page(name, side, side <= longer)
