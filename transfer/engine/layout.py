"""How a rung is laid out in memory. Free of torch, so that a planner can say it beforehand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """The largest size of a tile in pixels, whether features of the whole picture are kept beside it, and how many
    pairs of images L-BFGS's history has."""

    tile_pixels: int
    keeps_features: bool
    corrections: int
