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


def transported(
    image: Tensor, source: Source, count: int, share: float, generator: torch.Generator
) -> Generator[None, None, tuple[Tensor, float]]:
    """`image` (1, 3, H, W) moved by `share` of the way along `count` random directions, and the mean distance along
    one of them before. Pauses after each band of rows."""
    filters = source.projections(count, generator)
    tables = _Tables(source, filters)
    given = yield from tables.cumulative(image)
    wanted = yield from tables.cumulative(source.image)
    lower, upper = tables.landings(given, wanted)
    moved, distance = torch.zeros_like(image), 0.0
    rows, columns = places(image, source.side)
    for band in bands(rows, columns, count):
        values, at, part = tables.placed(image, band)
        at += tables.starts
        step = torch.lerp(lower.flatten()[at], upper.flatten()[at], part).sub_(values)
        distance += float(step.abs().sum())
        high = band.stop - band.start + source.side - 1
        moved[:, :, band.start : band.start + high] += functional.conv_transpose2d(step[None], filters)
        yield
    moved /= overlaps(image, source.side) * (count / (3 * source.side**2))
    return moved.mul_(share).add_(image), distance / (count * rows * columns)


class _Tables:
    """The range of each direction in `BINS` parts."""

    def __init__(self, source: Source, filters: Tensor) -> None:
        self.side, self.filters = source.side, filters
        mean, deviation = source.spread(filters)
        self.low = (mean - REACH * deviation)[:, None, None]
        self.width = (2 * REACH / BINS * deviation)[:, None, None]
        self.starts = (torch.arange(len(filters), device=filters.device) * BINS)[:, None, None]

    def placed(self, image: Tensor, band: slice) -> tuple[Tensor, Tensor, Tensor]:
        """The projections of a band's patches (count, h, w), their bins, and how far into these they are."""
        values = functional.conv2d(image[:, :, band.start : band.stop + self.side - 1], self.filters)[0]
        values = values.clamp(self.low, self.low + BINS * self.width)
        within = (values - self.low).div_(self.width)
        at = within.long().clamp_(0, BINS - 1)
        return values, at, within.sub_(at)

    def cumulative(self, image: Tensor) -> Generator[None, None, Tensor]:
        """What part of an image's patches lies below the edges of the bins: (count, BINS + 1), in float64."""
        rows, columns = places(image, self.side)
        found = torch.zeros(len(self.filters), BINS, dtype=torch.float64, device=image.device)
        for band in bands(rows, columns, len(self.filters)):
            _, at, _ = self.placed(image, band)
            at += self.starts
            found += torch.bincount(at.flatten(), minlength=found.numel()).view_as(found)
            yield
        return functional.pad(found.cumsum(1), (1, 0)).div_(rows * columns)

    def landings(self, given: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
        """Where the lower and the upper edge of each bin go, as values of the projections: (count, BINS) each.

        Where the source has nothing between two heaps, an edge that falls there goes with the heap on its own side.
        """
        return self._inverse(wanted, given[:, :-1], right=True), self._inverse(wanted, given[:, 1:], right=False)

    def _inverse(self, cumulative: Tensor, shares: Tensor, right: bool) -> Tensor:
        above = torch.searchsorted(cumulative, shares.contiguous(), right=right).clamp_(1, BINS)
        low, high = cumulative.gather(1, above - 1), cumulative.gather(1, above)
        part = ((shares - low) / (high - low).clamp_min(1e-12)).clamp_(0, 1)
        return (above - 1 + part).to(self.low) * self.width[:, 0] + self.low[:, 0]
