"""Patch distributions moved onto each other: sliced Wasserstein distances without an optimiser.

Elnekave and Weiss 2022, "Generating natural images with direct patch distribution matching" (GPDM, arXiv:2203.11862),
minimise the mean distance between sorted projections of all patches by Adam. Along one direction w the best transport
is known in closed form, T = F⁻¹(G(w · p)) with G and F the cumulative distributions of the variation and the source. So
here each patch moves by the mean of (T - w · p) w over random directions, and a pixel by the mean over its patches. The
expected operator of random filters is the identity, so this is a whole Newton step: tens of iterations do what
hundreds of Adam's do. Distributions are tables of `BINS`, so that no sorting is needed, and rows go in bands.
"""

from collections.abc import Generator

import torch
from torch import Tensor
from torch.nn import functional

from transfer.variation.source import Source, bands, overlaps, places

BINS = 1024
REACH = 5.0  # standard deviations to each side that a table covers; what lies further goes with its end
COUNTED = 1_600_000  # numbers by which a distribution is known: of a large image, patches on a grid, another each time


class Directions:
    """`count` random directions among patches, and how those of the source are distributed along each.

    Along a direction numbers are measured in bins, from the lower end of its table.
    """

    def __init__(self, source: Source, count: int, generator: torch.Generator) -> None:
        self.source, filters = source, source.projections(count, generator)
        mean, deviation = source.spread(filters)
        self.bin = 2 * REACH / BINS * deviation
        self.into_bins = filters / self.bin[:, None, None, None]
        # Turned around for a usual convolution: on a GPU, a transposed one of large filters adds up in any order.
        self.out_of_bins = (filters * self.bin[:, None, None, None]).flip(2, 3).transpose(0, 1).contiguous()
        self.zero = BINS / 2 - mean / self.bin
        self.starts = (torch.arange(count, device=filters.device) * BINS)[:, None, None]
        self._shift = torch.rand(2, generator=generator).tolist()
        self.wanted = self._cumulative(source.image)

    def transported(self, image: Tensor, share: float) -> Generator[None, None, tuple[Tensor, float]]:
        """`image` (1, 3, H, W) moved by `share` of the way, and the mean distance along a direction before.

        Pauses after each band of rows.
        """
        side, count = self.source.side, len(self.bin)
        lower, upper = self._landings(self._cumulative(image))
        moved, distance = torch.zeros_like(image), 0.0
        rows, columns = places(image, side)
        for band in bands(rows, columns, count):
            values = self._placed(image[:, :, band.start : band.stop + side - 1])
            at = values.long()
            part = torch.frac(values)
            at += self.starts
            step = torch.lerp(lower[at], upper[at], part).sub_(values)
            distance += float(torch.linalg.vector_norm(step, 1, dim=(1, 2)) @ self.bin)
            high = band.stop - band.start + side - 1
            moved[:, :, band.start : band.start + high] += functional.conv2d(
                step[None], self.out_of_bins, padding=side - 1
            )
            yield
        moved /= overlaps(image, side) * (count / (3 * side**2))
        return moved.mul_(share).add_(image), distance / (count * rows * columns)

    def _placed(self, image: Tensor, stride: int = 1) -> Tensor:
        """The projections of patches (count, h, w), from 0 to less than `BINS`."""
        values = functional.conv2d(image, self.into_bins, self.zero, stride=stride)[0]
        return values.clamp_(0, BINS - 1e-3)

    def _cumulative(self, image: Tensor) -> Tensor:
        """What part of an image's patches lies below the edges of the bins: (count, BINS + 1), in float64."""
        rows, columns = places(image, self.source.side)
        stride = max(1, round((len(self.bin) * rows * columns / COUNTED) ** 0.5))
        down, right = (int(part * stride) for part in self._shift)
        at = self._placed(image[:, :, down:, right:], stride).long()
        at += self.starts
        found = torch.bincount(at.flatten(), minlength=len(self.bin) * BINS).view(-1, BINS)
        return functional.pad(found.cumsum(1).double(), (1, 0)).div_(at[0].numel())

    def _landings(self, given: Tensor) -> tuple[Tensor, Tensor]:
        """Where the lower and the upper edge of each bin go: (count * BINS) each.

        Where the source has nothing between two heaps, an edge that falls there goes with the heap on its own side.
        """
        return self._inverse(given[:, :-1], right=True), self._inverse(given[:, 1:], right=False)

    def _inverse(self, shares: Tensor, right: bool) -> Tensor:
        above = torch.searchsorted(self.wanted, shares.contiguous(), right=right).clamp_(1, BINS)
        low, high = self.wanted.gather(1, above - 1), self.wanted.gather(1, above)
        part = ((shares - low) / (high - low).clamp_min(1e-12)).clamp_(0, 1)
        return (above - 1 + part).to(self.bin).flatten()
