"""Neighbours differ in lightness as much as the style's do: along all ways alike, at even places as at odd ones.

The lightness of a picture is the mean of its colours. Its differences y = l[p + d] - l[p] of pixels that are a shift d
apart, along both axes and both diagonals, are taken apart where p is in an even or an odd row, and an even or an odd
column, k. With r what the mean is for the style,

    mean over d and k of ((mean y^2)^1/2 - r)^2 / u^2,    u = r, but not less than a part of what it is for the content

Total variation (losses/tv.py) asks for no differences at all, which costs most along diagonals: a mesh of 2 to 3 px
along the axes is what is left of the style's fine detail. And a network that pools sees pairs of pixels, so that its
gradient has jumps between one pair and the next: what grows is made of blocks of 2 x 2 px. The colours beside lightness
are no part of this. Asked to differ as the style's do, they fill with specks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.losses import neighbours
from transfer.losses.neighbours import Way, add_back, differences_in, rows_of
from transfer.losses.term import PixelTerm, Scalar
from transfer.tiling.wrap import NOWHERE, Wrap

WAYS: tuple[Way, ...] = (((0, 1),), ((1, 0),), ((1, 1),), ((1, -1),))
KINDS = 4  # of places: even or odd rows, even or odd columns
LEAST = 1e-10  # of a mean square: a flat picture has no way to go that would make it rough
LEAST_UNIT = 1 / 255  # chosen: what is less is no difference
OF_CONTENT = 0.25  # chosen: of the content's differences, so that a flat style does not outweigh all else


@dataclass(frozen=True)
class Fine:
    """What differences along each way should be, as root mean squares, and relative to what they count: (ways,)."""

    wanted: Tensor
    unit: Tensor

    @classmethod
    def between(
        cls, content: Tensor, styles: Sequence[Tensor], blend: Sequence[float], part: float, wrap: Wrap = NOWHERE
    ) -> "Fine":
        """What `part`, from 0 to 1, of the way from a content to styles has; all are (1, 3, H, W).

        Several styles count as `blend` says.
        """
        whole = sum(blend)
        squares = sum(_mean_squares(style) * (weight / whole) for style, weight in zip(styles, blend, strict=True))
        own = _mean_squares(content, wrap).sqrt()
        wanted = torch.as_tensor(squares).sqrt().lerp(own, 1 - part)
        return cls(wanted, wanted.maximum(OF_CONTENT * own).clamp_min(LEAST_UNIT))


class FineTerm(PixelTerm):
    """`weight` times the term, for the whole image at once."""

    name = "fine"

    def __init__(self, weight: float, target: Fine, wrap: Wrap = NOWHERE) -> None:
        self.weight, self.target, self.wrap = weight, target, wrap

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        squares, counts = _measured(image, self.wrap)
        found = (squares / counts).clamp_min(LEAST).sqrt()
        wanted, unit = (each[:, None, None] for each in (self.target.wanted, self.target.unit))
        weights = self.weight / (len(WAYS) * KINDS) / unit.square()
        slopes = 2 * weights / counts * (1 - wanted / found)
        for first, own, light in _strips(image, self.wrap):
            pulls = torch.zeros_like(light)
            for way, slope in zip(WAYS, slopes.to(light), strict=True):
                into = _begun(pulls, own, way)
                add_back(_times(differences_in(_begun(light, own, way), way, self.wrap), slope), way, self.wrap, into)
            pulls /= image.shape[1]
            within = gradient[0, :, first : first + len(pulls)]
            within += pulls[: within.shape[1]]
            gradient[0, :, : len(pulls) - within.shape[1]] += pulls[within.shape[1] :]
        return (weights * (found - wanted).square()).sum()


def _mean_squares(image: Tensor, wrap: Wrap = NOWHERE) -> Tensor:
    """Of the differences along each way, wherever they begin: (ways,), in float64."""
    squares, counts = _measured(image, wrap)
    return squares.sum((1, 2)) / counts.sum((1, 2))


def _measured(image: Tensor, wrap: Wrap) -> tuple[Tensor, Tensor]:
    """The squares of an image's differences, added up, and how many there are, at least 1: (ways, 2, 2), in float64.

    The latter two are where they begin: even or odd rows, and columns.
    """
    squares = torch.zeros(len(WAYS), 2, 2, dtype=torch.float64, device=image.device)
    counts = torch.zeros_like(squares)
    for _, own, light in _strips(image, wrap):
        for number, way in enumerate(WAYS):
            apart = differences_in(_begun(light, own, way), way, wrap)
            counts[number] += _count(apart)
            apart.square_()
            for row in (0, 1):
                columns = apart[row::2].sum(0)
                for column in (0, 1):
                    squares[number, row, column] += columns[column::2].sum(dtype=torch.float64)
    return squares, counts.clamp_min(1)


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


def _count(apart: Tensor) -> Tensor:
    """How many differences (h, W) begin in even and odd rows, and columns: (2, 2)."""
    odd = torch.arange(2, device=apart.device)
    rows, columns = ((length + 1 - odd) // 2 for length in apart.shape)
    return rows[:, None] * columns


def _times(apart: Tensor, slopes: Tensor) -> Tensor:
    """Differences (h, W) times the slopes (2, 2) of the kinds of places where they begin, in place."""
    width = apart.shape[1]
    for row in (0, 1):
        apart[row::2] *= slopes[row].repeat((width + 1) // 2)[:width]
    return apart
