"""Total variation (Mahendran and Vedaldi 2014, arXiv:1412.0035, section 3, with beta = 2), as a mean.

    mean (x[i, j+1] - x[i, j])^2 + (x[i+1, j] - x[i, j])^2

neural-style sums it, so there its weight grows with the number of pixels.
"""

import functools

import torch
from torch import Tensor

from transfer.losses.term import PixelTerm, Scalar
from transfer.tiling.around import along
from transfer.tiling.grid import Span, Tile
from transfer.tiling.wrap import NOWHERE, Wrap


def total_variation(image: Tensor) -> Tensor:
    """Mean squared difference between neighbours of an image (1, 3, H, W): a scalar."""
    across = (image[..., :, 1:] - image[..., :, :-1]).square().mean()
    down = (image[..., 1:, :] - image[..., :-1, :]).square().mean()
    return across + down


def add_gradient(
    image: Tensor,
    rows: Span,
    columns: Span,
    weight: float,
    gradient: Tensor,
    wrap: Wrap = NOWHERE,
    of_hue: bool = False,
) -> Scalar:
    """Adds the gradient of `weight` times the total variation of `image` to `gradient`, within rows and columns.

    Gives the weighted value of the differences that begin there, so that the parts of an image add up to its whole.
    Where it wraps, pixels at opposite sides are neighbours too. `of_hue` leaves out what all three colours share.
    """
    value: Scalar = 0.0
    for axis, (own, other) in ((3, (columns, rows)), (2, (rows, columns))):
        side, wraps = image.shape[axis], wrap.along(axis - 4)
        if side < 2:
            continue
        first, last = (own[0] - 1, own[1] + 1) if wraps else (max(0, own[0] - 1), min(side, own[1] + 1))
        around = along(image.narrow(5 - axis, other[0], other[1] - other[0]), axis, first, last)
        scale = weight / (around.shape[1] * image.shape[5 - axis] * (side if wraps else side - 1))
        steps = around.diff(dim=axis)
        if of_hue:
            steps -= functools.reduce(torch.add, steps.unbind(1))[:, None] / steps.shape[1]
        begun = steps.narrow(axis, own[0] - first, last - own[0] - 1)
        value += scale * begun.square().sum(dtype=torch.float64)
        part = gradient.narrow(5 - axis, other[0], other[1] - other[0])
        # A step pulls at the pixel where it ends and pushes at the one where it begins.
        ends = steps.narrow(axis, 0, own[1] - first - 1)
        part.narrow(axis, first + 1, ends.shape[axis]).add_(ends, alpha=2 * scale)
        part.narrow(axis, own[0], begun.shape[axis]).sub_(begun, alpha=2 * scale)
    return value


class TotalVariationTerm(PixelTerm):
    """Total variation, tile by tile; `of_hue` alone, where something else says how lightness varies."""

    name = "tv"

    def __init__(self, weight: float, wrap: Wrap = NOWHERE, of_hue: bool = False) -> None:
        self.weight, self.wrap, self.of_hue = weight, wrap, of_hue

    def part(self, image: Tensor, tile: Tile, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        return add_gradient(image, tile.rows, tile.columns, self.weight, gradient, self.wrap, self.of_hue)
