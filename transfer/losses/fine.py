"""Neighbours differ in lightness as much as the style's do, and as rarely: along all ways alike, wherever they are.

The lightness of a picture is the mean of its colours. Its differences y = l[p + d] - l[p] of pixels that are a shift d
apart, along both axes and both diagonals, are taken apart where p is in an even or an odd row, and an even or an odd
column, k. With r and a what the means are for the style, and |y| = (y^2 + e^2)^1/2,

    mean over d and k of [((mean y^2)^1/2 - r)^2 + c max(0, mean |y| - a)^2 + b max(0, |mean |y| - m| - t)^2] / u^2

where m is the mean of mean |y| over k, t is how far the style's are from it at most, and u is r, but not less than a
part of what that is for the content.

Total variation (losses/tv.py) asks for no differences at all, which costs most along diagonals: a mesh of 2 to 3 px
along the axes is what is left of the style's fine detail. And a network that pools sees pairs of pixels, so that its
gradient has jumps between one pair and the next: what grows is made of blocks of 2 x 2 px. Squares are mostly those of
the few large differences, at the edges of strokes: by these alone, what strokes lack may be in a hatching over all that
is flat, which has many small ones. The colours beside lightness are no part of this. Asked to differ as the style's do,
they fill with specks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.losses import neighbours
from transfer.losses.neighbours import LEAST, Way, add_back, blended, differences_in, pulled, rows_of, sizes
from transfer.losses.term import PixelTerm, Scalar
from transfer.tiling.wrap import NOWHERE, Wrap

WAYS: tuple[Way, ...] = (((0, 1),), ((1, 0),), ((1, 1),), ((1, -1),))
KINDS = 4  # of places: even or odd rows, even or odd columns
LEAST_UNIT = 1 / 255  # chosen: what is less is no difference
RARE = 3.0  # chosen: how much the means of sizes count beside those of squares
EVEN = 6.0  # chosen: how much it counts that they are the same wherever differences begin
OF_CONTENT = 0.25  # chosen: of the content's differences, so that a flat style does not outweigh all else


@dataclass(frozen=True)
class Fine:
    """What differences along each way should be: their root mean squares, and mean sizes.

    How far these may be apart by where they begin is `uneven`. All count relative to `unit`, and are (ways,).
    """

    wanted: Tensor
    usual: Tensor
    uneven: Tensor
    unit: Tensor

    @classmethod
    def between(
        cls, content: Tensor, styles: Sequence[Tensor], blend: Sequence[float], part: float, wrap: Wrap = NOWHERE
    ) -> "Fine":
        """What `part`, from 0 to 1, of the way from a content to styles has; all are (1, 3, H, W).

        Several styles count as `blend` says.
        """
        kinds = [_measured(style, _Kinds()) for style in styles]
        found, uneven = [each.everywhere for each in kinds], [each.uneven.abs().amax((1, 2)) for each in kinds]
        own = _measured(content, _Kinds(), wrap).everywhere
        least = own.squares.sqrt()
        wanted = blended([each.squares for each in found], blend).sqrt().lerp(least, 1 - part)
        usual = blended([each.sizes for each in found], blend).lerp(own.sizes, 1 - part)
        return cls(wanted, usual, blended(uneven, blend), wanted.maximum(OF_CONTENT * least).clamp_min(LEAST_UNIT))


class FineTerm(PixelTerm):
    """`weight` times the term, for the whole image at once."""

    name = "fine"

    def __init__(self, weight: float, target: Fine, wrap: Wrap = NOWHERE) -> None:
        self.weight, self.target, self.wrap = weight, target, wrap
        self._kinds = _Kinds()

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        measured = _measured(image, self._kinds, self.wrap)
        wanted, usual, free, unit = (
            each[:, None, None]
            for each in (self.target.wanted, self.target.usual, self.target.uneven, self.target.unit)
        )
        found, beyond = measured.squares.clamp_min(LEAST).sqrt(), (measured.sizes - usual).clamp_min(0)
        weights = self.weight / (len(WAYS) * KINDS) / unit.square()
        uneven = measured.uneven - measured.uneven.clamp(-free, free)
        of_sizes = RARE * beyond + EVEN * (uneven - uneven.mean((1, 2), keepdim=True))
        slopes = 2 * weights / measured.counts * torch.stack([1 - wanted / found, of_sizes])
        for first, own, light in _strips(image, self.wrap):
            pulls = torch.zeros_like(light)
            for way, at_squares, at_sizes in zip(WAYS, *slopes.to(light), strict=True):
                apart = differences_in(_begun(light, own, way), way, self.wrap)
                rows, columns = (self._kinds(length, apart) for length in apart.shape)
                pull = pulled(apart, rows.T @ at_squares @ columns, rows.T @ at_sizes @ columns)
                add_back(pull, way, self.wrap, _begun(pulls, own, way))
            pulls /= image.shape[1]
            within = gradient[0, :, first : first + len(pulls)]
            within += pulls[: within.shape[1]]
            gradient[0, :, : len(pulls) - within.shape[1]] += pulls[within.shape[1] :]
        return (weights * ((found - wanted).square() + RARE * beyond.square() + EVEN * uneven.square())).sum()


@dataclass(frozen=True)
class Measured:
    """The means of differences along each way, of their squares and of their sizes, and how many there are.

    (ways, 2, 2), in float64; the latter two are where they begin: even or odd rows, and columns.
    """

    squares: Tensor
    sizes: Tensor
    counts: Tensor

    @property
    def uneven(self) -> Tensor:
        """How far mean sizes are from what they are wherever differences begin: (ways, 2, 2)."""
        return self.sizes - self.sizes.mean((1, 2), keepdim=True)

    @property
    def everywhere(self) -> "Measured":
        """Wherever they begin: (ways,)."""
        counts = self.counts.sum((1, 2))
        squares, sizes = ((each * self.counts).sum((1, 2)) / counts for each in (self.squares, self.sizes))
        return Measured(squares, sizes, counts)


def _measured(image: Tensor, kinds: "_Kinds", wrap: Wrap = NOWHERE) -> Measured:
    """Those of an image (1, 3, H, W)."""
    sums = torch.zeros(2, len(WAYS), 2, 2, dtype=torch.float64, device=image.device)
    for _, own, light in _strips(image, wrap):
        for of_squares, of_sizes, way in zip(*sums, WAYS, strict=True):
            apart = differences_in(_begun(light, own, way), way, wrap)
            rows, columns = (kinds(length, apart) for length in apart.shape)
            of_sizes += (rows @ sizes(apart)).double() @ columns.T.double()
            of_squares += (rows @ apart.square_()).double() @ columns.T.double()
    counts = kinds.counts(image, wrap)
    squares, sized = sums / counts
    return Measured(squares, sized, counts)


class _Kinds:
    """Which places are even, and which odd, and how many of each there are; made once for each length and size."""

    def __init__(self) -> None:
        self._found = dict[int, Tensor]()
        self._counts = dict[tuple[int, int], Tensor]()

    def __call__(self, length: int, like: Tensor) -> Tensor:
        """(2, length), with 1 where places along an axis are of the kind, in the type of `like`."""
        if length not in self._found:
            one_each = torch.eye(2, dtype=like.dtype, device=like.device)
            self._found[length] = one_each.repeat(1, length // 2 + 1)[:, :length]
        return self._found[length]

    def counts(self, image: Tensor, wrap: Wrap) -> Tensor:
        """How many differences along each way begin in even and odd rows, and columns, at least 1: (ways, 2, 2).

        In float64, on the device of an image (1, 3, H, W).
        """
        size = image.shape[2], image.shape[3]
        if size not in self._counts:
            self._counts[size] = (
                torch.tensor(list(_counted(size, wrap)), dtype=torch.float64).clamp_min(1).to(image.device)
            )
        return self._counts[size]


def _counted(size: tuple[int, int], wrap: Wrap) -> Iterator[list[list[int]]]:
    """Those of each way for a (height, width)."""
    for ((down, right),) in WAYS:
        height, width = size[0] - (0 if wrap.y else down), size[1] - (0 if wrap.x else abs(right))
        yield [[(height - row + 1) // 2 * ((width - column + 1) // 2) for column in (0, 1)] for row in (0, 1)]


def _strips(image: Tensor, wrap: Wrap) -> Iterator[tuple[int, int, Tensor]]:
    """The lightness of an even number of rows at a time: the first, how many, and they with the one beyond, if any."""
    height, width = image.shape[2:]
    many = max(2, neighbours.AT_ONCE // width // 2 * 2)
    for first in range(0, height, many):
        own = min(many, height - first)
        yield first, own, _light(image, first, first + own + (1 if wrap.y else min(1, height - first - own)))


def _light(image: Tensor, first: int, last: int) -> Tensor:
    """The lightness of rows of an image (1, 3, H, W), from 0 to 1, a new tensor (h, W)."""
    planes = [rows_of(plane, (first, last)) for plane in image[0]]
    is_real, whole = image.is_floating_point(), len(planes)
    light = planes[0].to(image.dtype if is_real else torch.float32, copy=True)
    for plane in planes[1:]:
        light += plane
    return light.div_(whole if is_real else 255 * whole)


def _begun(light: Tensor, own: int, way: Way) -> Tensor:
    """The rows that come into the differences that begin in the `own` first ones."""
    return light[: own + sum(down for down, _ in way)]
