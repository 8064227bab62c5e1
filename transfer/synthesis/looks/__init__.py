"""Looks: how land in numbers becomes a picture.

All measure their strokes, signs and textures by the picture's long side, so that a small picture predicts a large one.
"""

import pkgutil
from collections.abc import Callable

from PIL import Image

from transfer.synthesis.terrain import Terrain

LOOKS = ("relief", "biomes", "grey", "paper")


def drawn(terrain: Terrain, look: str, seed: int) -> Image.Image:
    """The terrain as an RGB picture of its size; raises ValueError where there is no such look."""
    if look not in LOOKS:
        raise ValueError(f"There is no look called {look}: choose {', '.join(LOOKS)}.")
    draw: Callable[[Terrain, int], Image.Image] = pkgutil.resolve_name(f"{__name__}.{look}:draw")
    return draw(terrain, seed)
