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

import torch
from torch import Tensor

from transfer.images import as_floats
from transfer.losses.neighbours import LEAST, Way, add_back, bands, differences_in, pulled, rows_of, sizes
from transfer.losses.term import PixelTerm, Scalar
from transfer.tiling.wrap import NOWHERE, Wrap

WAYS: tuple[Way, ...] = (((0, 1),), ((1, 0),), ((1, 1),), ((1, -1),), ((0, 1), (1, 0)))
COLOURS = 3


def differences(image: Tensor) -> Tensor:
    """D and A of an image (1, 3, H, W) of numbers in [0, 1], or of bytes: (3, ways, 2), in float64."""
    planes = as_floats(image[0])
    return torch.stack([torch.stack([_measured(plane, way, NOWHERE)[0] for way in WAYS]) for plane in planes])


class DifferencesTerm(PixelTerm):
    """`weight` times the term, for the whole image at once. `wanted` are D* and A*, as `differences` gives them."""

    name = "differences"

    def __init__(self, weight: float, wanted: Tensor, wrap: Wrap = NOWHERE) -> None:
        self.weight, self.wanted, self.wrap = weight / (COLOURS * len(WAYS)), wanted, wrap

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        term: Scalar = 0.0
        for plane, into, of_plane in zip(image[0], gradient[0], self.wanted, strict=True):
            for way, (square, size) in zip(WAYS, of_plane, strict=True):
                (found, found_size), count = _measured(plane, way, self.wrap)
                found = found.clamp_min(LEAST)
                term += self.weight * ((found.sqrt() - square.sqrt()).square() + (found_size - size).square())
                unit = 2 * self.weight / count
                self._pull(plane, way, unit * (1 - (square / found).sqrt()), unit * (found_size - size), into)
        return term

    def _pull(self, plane: Tensor, way: Way, at_square: Tensor, at_size: Tensor, into: Tensor) -> None:
        """Adds the gradient, with these slopes at D and at A, at a colour (H, W) to `into`."""
        for band in bands(plane, way, self.wrap):
            apart = differences_in(rows_of(plane, band), way, self.wrap)
            pulls = pulled(apart, at_square.to(apart), at_size.to(apart))
            own = plane.new_zeros(band[1] - band[0], plane.shape[1])
            add_back(pulls, way, self.wrap, own)
            rows = into[slice(*band)]
            rows += own[: len(rows)]
            into[: len(own) - len(rows)] += own[len(rows) :]


def _measured(plane: Tensor, way: Way, wrap: Wrap) -> tuple[Tensor, int]:
    """D and A of a colour (H, W), in float64; and of how many differences."""
    sums, count = torch.zeros(2, dtype=torch.float64, device=plane.device), 0
    for band in bands(plane, way, wrap):
        apart = differences_in(rows_of(plane, band), way, wrap)
        sums += torch.stack([each.sum(dtype=torch.float64) for each in (apart.square(), sizes(apart))])
        count += apart.numel()
    return sums / max(1, count), max(1, count)
