"""Near pixels differ as much as the style's do, and as seldom: what total variation does, without asking for flatness.

The differences y = x[p + d] - x[p] of pixels that are a shift d apart, in each colour, along both axes and both
diagonals, have a mean square and a mean size, as have differences across of differences down, of which checkerboards
have most. Where * are the style's:

    mean (D^1/2 - D*^1/2)^2 + (A - A*)^2,    D = mean y^2,    A = mean (y^2 + e^2)^1/2

Noise all over and few sharp edges may have the same D, but not the same A. Total variation (losses/tv.py) asks for
D = 0, and costs most along diagonals. A style's moments can be had with waves along the axes alone, so where there is
no content to say otherwise, that is what grows: a mesh of 2 to 3 px. Marginal statistics of filtered textures are
Portilla and Simoncelli's idea (2000, "A Parametric Texture Model"); to ask them of differences is ours.
"""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from transfer.losses.term import PixelTerm, Scalar
from transfer.tiling.wrap import NOWHERE, Wrap

Shift = tuple[int, int]  # px down and to the right
Way = Sequence[Shift]  # of taking differences, one after another
WAYS: tuple[Way, ...] = (((0, 1),), ((1, 0),), ((1, 1),), ((1, -1),), ((0, 1), (1, 0)))
COLOURS = 3
ROUNDING = 1 / 255  # e: what is less is no difference
LEAST = 1e-10  # of D: a flat picture has no way to go that would make it rough


def differences(image: Tensor) -> Tensor:
    """D and A of an image (1, 3, H, W) of numbers in [0, 1], or of bytes: (3, ways, 2), in float64."""
    return torch.stack([_of_plane(plane) for plane in _planes(image)])


def blended(found: Sequence[Tensor], blend: Sequence[float]) -> Tensor:
    """Those of several styles together, each as often as `blend` says."""
    whole = sum(blend)
    return torch.stack([each * (weight / whole) for each, weight in zip(found, blend, strict=True)]).sum(0)


class DifferencesTerm(PixelTerm):
    """`weight` times the term, for the whole image at once. `wanted` are D* and A*, as `differences` gives them."""

    name = "differences"

    def __init__(self, weight: float, wanted: Tensor, wrap: Wrap = NOWHERE) -> None:
        self.weight, self.wanted, self.wrap = weight / (COLOURS * len(WAYS)), wanted, wrap

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        term: Scalar = 0.0
        for plane, into, of_plane in zip(_planes(image), gradient[0], self.wanted, strict=True):
            for way, (square, size) in zip(WAYS, of_plane, strict=True):
                apart = _apart(plane, way, self.wrap)
                (found, found_size), sizes = _measured(apart)
                found = found.clamp_min(LEAST)
                term += self.weight * ((found.sqrt() - square.sqrt()).square() + (found_size - size).square())
                unit = 2 * self.weight / max(1, apart.numel())
                pulls = sizes.reciprocal_().mul_((unit * (found_size - size)).to(apart))
                pulls += (unit * (1 - (square / found).sqrt())).to(apart)
                _add_back(pulls.mul_(apart), way, self.wrap, into)
        return term


def _planes(image: Tensor) -> Iterator[Tensor]:
    """The colours (H, W) of an image, one by one: a third of the memory."""
    return (plane if plane.is_floating_point() else plane / 255 for plane in image[0])


def _of_plane(plane: Tensor) -> Tensor:
    return torch.stack([_measured(_apart(plane, way, NOWHERE))[0] for way in WAYS])


def _measured(apart: Tensor) -> tuple[Tensor, Tensor]:
    """D and A of differences, (2), in float64; and the smoothed size of each, a new tensor."""
    sizes = apart.square()
    square = sizes.sum(dtype=torch.float64)
    sizes.add_(ROUNDING**2).sqrt_()
    return torch.stack([square, sizes.sum(dtype=torch.float64)]) / max(1, apart.numel()), sizes


def _apart(plane: Tensor, way: Way, wrap: Wrap) -> Tensor:
    """The differences of a colour (H, W) wherever there are both pixels, a new tensor."""
    for shift in way:
        plane = _moved(_there(plane, shift, wrap), shift, wrap, -1) - _here(plane, shift, wrap)
    return plane


def _add_back(pulls: Tensor, way: Way, wrap: Wrap, into: Tensor) -> None:
    """The way back from `_apart`: adds what pulls at differences to what pulls at pixels."""
    shift, *others = way
    if others:
        between = torch.zeros_like(_here(into, shift, wrap))
        _add_back(pulls, others, wrap, between)
        pulls = between
    _there(into, shift, wrap).add_(_moved(pulls, shift, wrap, 1))
    _here(into, shift, wrap).sub_(pulls)


def _here(plane: Tensor, shift: Shift, wrap: Wrap) -> Tensor:
    """Those pixels p of a colour for which p + d is there too; where it wraps, it always is."""
    for axis, by in enumerate(shift):
        if not wrap.along(axis - 2):
            plane = plane.narrow(axis, max(0, -by), max(0, plane.shape[axis] - abs(by)))
    return plane


def _there(plane: Tensor, shift: Shift, wrap: Wrap) -> Tensor:
    """The pixels p + d, in the order of the p, but for what has to be `_moved` around."""
    return _here(plane, (-shift[0], -shift[1]), wrap)


def _moved(plane: Tensor, shift: Shift, wrap: Wrap, times: int) -> Tensor:
    """A colour moved by so many times a shift along the axes along which it wraps."""
    for axis, by in enumerate(shift):
        if by and wrap.along(axis - 2):
            plane = plane.roll(times * by, axis)
    return plane
