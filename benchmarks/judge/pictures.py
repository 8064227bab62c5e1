"""Pictures as the judge looks at them."""

import numpy
import torch
from PIL import Image
from torch import Tensor

SHORTEST = 32  # px


def tensor(picture: Image.Image, long_side: int, shortest: int = SHORTEST) -> Tensor:
    """A picture as (1, 3, H, W) in [0, 1] with a long side of `long_side` px; no side is below `shortest` px."""
    scale = long_side / max(picture.size)
    width, height = (max(shortest, round(side * scale)) for side in picture.size)
    return at_size(picture, (width, height))


def at_size(picture: Image.Image, size: tuple[int, int]) -> Tensor:
    """The same at (width, height)."""
    levels = numpy.asarray(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS), dtype="float32")
    return torch.from_numpy(levels / 255).permute(2, 0, 1)[None]
