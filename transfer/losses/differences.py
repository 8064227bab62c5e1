"""Near pixels differ as much as the style's do, and as seldom: what total variation does, without asking for flatness.

The differences of pixels that are a shift d apart, in each colour c, along both axes and both diagonals, have a mean
square and a mean size:

    mean sum_d (D_dc^1/2 - D*_dc^1/2)^2 + (A_dc - A*_dc)^2,

    D_dc = mean (x[p + d] - x[p])^2,    A_dc = mean ((x[p + d] - x[p])^2 + e^2)^1/2

Noise all over and few sharp edges may have the same D, but not the same A. Total variation (losses/tv.py) asks for
D = 0, and costs most along diagonals. A style's moments can be had with waves along the axes alone, so where there is
no content to say otherwise, that is what grows: a mesh of 2 to 3 px. Marginal statistics of filtered textures are
Portilla and Simoncelli's idea (2000, "A Parametric Texture Model"); to ask them of differences is ours.
"""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from transfer.losses.term import PixelTerm, Scalar
from transfer.tiling.around import along
from transfer.tiling.wrap import NOWHERE, Wrap

SHIFTS = ((0, 1), (1, 0), (1, 1), (1, -1))  # px down and to the right
COLOURS = 3
ROUNDING = 1 / 255  # e: what is less is no difference
LEAST = 1e-10  # of D: a flat picture has no way to go that would make it rough


def differences(image: Tensor) -> Tensor:
    """D and A of an image (1, 3, H, W) of numbers in [0, 1], or of bytes: (3, shifts, 2), in float64."""
    found = [torch.stack([_measured(_apart(plane, shift, NOWHERE))[0] for shift in SHIFTS]) for plane in _planes(image)]
    return torch.stack(found)


def blended(found: Sequence[Tensor], blend: Sequence[float]) -> Tensor:
    """Those of several styles together, each as often as `blend` says."""
    whole = sum(blend)
    return torch.stack([each * (weight / whole) for each, weight in zip(found, blend, strict=True)]).sum(0)


class DifferencesTerm(PixelTerm):
    """`weight` times the term, for the whole image at once. `wanted` are D* and A*, as `differences` gives them."""

    name = "differences"

    def __init__(self, weight: float, wanted: Tensor, wrap: Wrap = NOWHERE) -> None:
        self.weight, self.wanted, self.wrap = weight / (COLOURS * len(SHIFTS)), wanted, wrap

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        term: Scalar = 0.0
        for plane, into, of_plane in zip(_planes(image), gradient[0], self.wanted, strict=True):
            for shift, (square, size) in zip(SHIFTS, of_plane, strict=True):
                apart = _apart(plane, shift, self.wrap)
                (found, found_size), sizes = _measured(apart)
                found = found.clamp_min(LEAST)
                term += self.weight * ((found.sqrt() - square.sqrt()).square() + (found_size - size).square())
                unit = 2 * self.weight / apart.numel()
                pulls = sizes.reciprocal_().mul_((unit * (found_size - size)).to(apart))
                pulls += (unit * (1 - (square / found).sqrt())).to(apart)
                _add_back(pulls.mul_(apart), shift, self.wrap, into)
        return term


def _planes(image: Tensor) -> Iterator[Tensor]:
    """The colours (H, W) of an image, one by one: a third of the memory."""
    return (plane if plane.is_floating_point() else plane / 255 for plane in image[0])


def _measured(apart: Tensor) -> tuple[Tensor, Tensor]:
    """D and A of differences, (2), in float64; and the smoothed size of each, a new tensor."""
    sizes = apart.square()
    square = sizes.mean(dtype=torch.float64)
    sizes.add_(ROUNDING**2).sqrt_()
    return torch.stack([square, sizes.mean(dtype=torch.float64)]), sizes


def _apart(plane: Tensor, shift: tuple[int, int], wrap: Wrap) -> Tensor:
    """x[p + d] - x[p] for all p of a colour (H, W) for which both are there; a new tensor."""
    there, here = plane, plane
    for axis, by in enumerate(shift):
        side = plane.shape[axis]
        if wrap.along(axis - 2):
            there = along(there, axis, by, side + by)
        else:
            there = there.narrow(axis, max(0, by), side - abs(by))
            here = here.narrow(axis, max(0, -by), side - abs(by))
    return there - here


def _add_back(pulls: Tensor, shift: tuple[int, int], wrap: Wrap, into: Tensor) -> None:
    """Adds at each p + d what pulls there, and takes it away at p: the way back from `_apart`."""
    there, here, moved = into, into, pulls
    for axis, by in enumerate(shift):
        side = into.shape[axis]
        if wrap.along(axis - 2):
            moved = along(moved, axis, -by, side - by)
        else:
            there = there.narrow(axis, max(0, by), side - abs(by))
            here = here.narrow(axis, max(0, -by), side - abs(by))
    there += moved
    here -= pulls
