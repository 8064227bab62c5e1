"""Differences of pixels that are a shift apart, some rows at a time, and the way back."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from transfer.tiling.grid import Span
from transfer.tiling.wrap import Wrap

Shift = tuple[int, int]  # px down, not less than 0, and to the right
Way = Sequence[Shift]  # of taking differences, one after another
ROUNDING = 1 / 255  # e: what is less is no difference
LEAST = 1e-10  # of a mean square: a flat picture has no way to go that would make it rough
AT_ONCE = 2**22  # px of a colour: what comes in between is larger than a colour


def bands(plane: Tensor, way: Way, wrap: Wrap) -> Iterator[Span]:
    """The rows of a colour (H, W), an even number at a time, with those that come into differences that begin in them.

    Where it wraps, they go on beyond its last row with the first.
    """
    (height, width), beyond = plane.shape, sum(down for down, _ in way)
    many = max(2, AT_ONCE // width // 2 * 2)
    for first in range(0, height, many):
        last = min(height, first + many) + beyond
        yield first, last if wrap.y else min(height, last)


def rows_of(plane: Tensor, band: Span) -> Tensor:
    """The rows of a band of a colour (H, W); those beyond the last are the first."""
    first, last = band
    return plane[first:last] if last <= len(plane) else torch.cat([plane[first:], plane[: last - len(plane)]])


def differences_in(band: Tensor, way: Way, wrap: Wrap) -> Tensor:
    """The differences in a band (h, W) wherever it has both pixels, a new tensor."""
    for down, right in way:
        ahead, here = band[down:], band[: len(band) - down]
        band = ahead.roll(-right, 1) - here if wrap.x else _columns(ahead, right) - _columns(here, -right)
    return band


def sizes(apart: Tensor) -> Tensor:
    """The smoothed size of each difference, (y^2 + e^2)^1/2, a new tensor."""
    return apart.square().add_(ROUNDING**2).sqrt_()


def pulled(apart: Tensor, at_squares: Tensor, at_sizes: Tensor) -> Tensor:
    """What pulls at differences (h, W) that count `at_squares` y^2 / 2 + `at_sizes` (y^2 + e^2)^1/2: a new tensor.

    Both weights are (), or (h, W).
    """
    return sizes(apart).reciprocal_().mul_(at_sizes).add_(at_squares).mul_(apart)


def blended(found: Sequence[Tensor], blend: Sequence[float]) -> Tensor:
    """What was found of several styles together, each as often as `blend` says."""
    whole = sum(blend)
    return torch.stack([each * (weight / whole) for each, weight in zip(found, blend, strict=True)]).sum(0)


def add_back(pulls: Tensor, way: Way, wrap: Wrap, into: Tensor) -> None:
    """The way back from `differences_in`: adds what pulls at differences to what pulls at pixels (h, W)."""
    (down, right), *others = way
    ahead, here = into[down:], into[: len(into) - down]
    if not wrap.x:
        ahead, here = _columns(ahead, right), _columns(here, -right)
    if others:
        between = torch.zeros_like(here)
        add_back(pulls, others, wrap, between)
        pulls = between
    ahead += pulls.roll(right, 1) if wrap.x else pulls
    here -= pulls


def _columns(band: Tensor, right: int) -> Tensor:
    """The columns x + d for those x for which both are there."""
    return band.narrow(1, max(0, right), max(0, band.shape[1] - abs(right)))
