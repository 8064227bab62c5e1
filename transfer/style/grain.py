"""The style's own grain, from which the finest octave of a picture starts.

A picture that was enlarged has nothing in its finest octave. What grows there by itself is a mesh along the axes, which
second moments cannot tell from grain; and a flat picture has the same gradient everywhere, so that nothing grows.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from transfer.engine.ladder import Rung
from transfer.images import as_floats

FROM = 362  # px: chosen, the rung from which on it is added, besides the lowest
AMOUNT = 0.5  # chosen: of the style's grain
SIGMA, RADIUS = 1.0, 3  # px: finer than this is grain


def takes_grain(rung: Rung) -> bool:
    """Whether a rung starts with grain."""
    return rung.index == 0 or rung.long_side >= FROM


def add_grain(image: Tensor, styles: Sequence[Tensor], blend: Sequence[float], part: float = 1.0) -> Tensor:
    """An image (1, 3, H, W) with the grain of styles (1, 3, h, w) in bytes, in place, clamped to [0, 1].

    Each style's is mirrored until it fills the picture; together they are as strong as one alone, times `part`.
    """
    length = sum(weight**2 for weight in blend) ** 0.5
    for style, weight in zip(styles, blend, strict=True):
        _add_mirrored(image, grain(as_floats(style, image.dtype)).mul_(AMOUNT * part * weight / length))
    return image.clamp_(0, 1)


def grain(style: Tensor) -> Tensor:
    """What a picture (1, 3, h, w) has that its blur has not."""
    places = torch.arange(-RADIUS, RADIUS + 1, dtype=style.dtype, device=style.device)
    bell = torch.exp(-places.square() / (2 * SIGMA**2))
    bell /= bell.sum()
    blurred = functional.pad(style.transpose(0, 1), (RADIUS,) * 4, "replicate")
    for shape in ((1, 1, 1, -1), (1, 1, -1, 1)):
        blurred = functional.conv2d(blurred, bell.view(shape))
    return style - blurred.transpose(0, 1)


def _add_mirrored(image: Tensor, piece: Tensor) -> None:
    height, width = piece.shape[2:]
    for row, top in enumerate(range(0, image.shape[2], height)):
        for column, left in enumerate(range(0, image.shape[3], width)):
            turned = piece.flip([axis for axis, odd in ((2, row % 2), (3, column % 2)) if odd])
            part = image[..., top : top + height, left : left + width]
            part += turned[..., : part.shape[2], : part.shape[3]]
