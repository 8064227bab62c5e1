"""The picture at one size, as its variation is compared with it there."""

from collections.abc import Iterator

import torch
from torch import Generator, Tensor
from torch.nn import functional

SAMPLE = 12_000  # patches by which their moments are estimated
DIMENSIONS = 24  # chosen: principal components by which the nearest patch is found
VALUES = 6_000_000  # numbers in a band of rows, for each of a few tensors


class Source:
    """`image` (1, 3, H, W), in colours as they are compared, and the moments of its patches of `side` px."""

    def __init__(self, image: Tensor, side: int) -> None:
        self.image, self.side = image, side
        patches = _sampled(image, side).double()
        self.mean = patches.mean(1)
        apart = patches - self.mean[:, None]
        self.covariance = apart @ apart.T / patches.shape[1]

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of places where a patch can begin."""
        return places(self.image, self.side)

    def projections(self, count: int, generator: Generator) -> Tensor:
        """Random directions among patches, (count, 3, side, side), each of length 1."""
        drawn = torch.randn(count, 3 * self.side**2, generator=generator)
        drawn /= drawn.norm(dim=1, keepdim=True)
        return drawn.view(count, 3, self.side, self.side).to(self.image)

    def spread(self, filters: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and standard deviation (count) of the patches along each of these directions."""
        flat = filters.flatten(1).double()
        deviation = ((flat @ self.covariance) * flat).sum(1).clamp_min(1e-8).sqrt()
        return (flat @ self.mean).to(filters), deviation.to(filters)

    def principal(self) -> Tensor:
        """The directions of most variance, as filters of length 1; the fewer, the smaller the patches are."""
        count = min(DIMENSIONS, 3 * self.side**2)
        axes: Tensor = torch.linalg.eigh(self.covariance)[1][:, -count:]
        return axes.T.reshape(count, 3, self.side, self.side).to(self.image)


def places(image: Tensor, side: int) -> tuple[int, int]:
    """Rows and columns of places where a patch can begin."""
    return image.shape[2] - side + 1, image.shape[3] - side + 1


def bands(rows: int, width: int, channels: int) -> Iterator[slice]:
    """The rows of places in parts, such that `channels` numbers for each of them are not too many at once."""
    high = max(1, VALUES // (width * channels))
    return (slice(top, min(rows, top + high)) for top in range(0, rows, high))


def overlaps(image: Tensor, side: int) -> Tensor:
    """How many patches each pixel belongs to: (H, W)."""
    rows, columns = (_overlaps(length, side).to(image) for length in image.shape[2:])
    return rows[:, None] * columns[None]


def _overlaps(length: int, side: int) -> Tensor:
    from_start = torch.arange(1, length + 1)
    return torch.minimum(from_start, from_start.flip(0)).clamp_max(min(side, length - side + 1))


def _sampled(image: Tensor, side: int) -> Tensor:
    """Patches from evenly spaced rows and columns: (3 * side², count)."""
    rows, columns = places(image, side)
    stride = max(1, round((rows * columns / SAMPLE) ** 0.5))
    return functional.unfold(image, side, stride=stride)[0]
