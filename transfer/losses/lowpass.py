"""The low frequencies of a picture, by a triangle filter as wide as the ratio of two sizes, and the way back.

A filter along rows or columns is a matrix in which few numbers are not 0, and its transpose carries a gradient back: in
closed form, in an order of sums that is always the same, and in less time than `interpolate` and autograd take.
"""

import functools
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional

from transfer.tiling import around
from transfer.tiling.wrap import NOWHERE, Wrap

Size = tuple[int, int]  # height and width
KEPT = 48  # axes: chosen, a render of 4096 px has up to 42 of them, of some 200 kB each
AT_ONCE = 1024  # px of an axis whose responses are looked at


class LowPass:
    """Linear, from one colour of a picture of `size` to what can be compared with a picture of the smaller size `low`.

    They are `compared` at twice the smaller size, or at `size` where that is less. `like` is a tensor of the same type,
    on the same device; `wrap` says at which sides the picture goes on at the opposite one.
    """

    def __init__(self, size: Size, low: Size, like: Tensor, wrap: Wrap = NOWHERE) -> None:
        self.size = size
        self.compared = min(2 * low[0], max(low[0], size[0])), min(2 * low[1], max(low[1], size[1]))
        (self._down, self._up), (self._across, self._aside) = (
            _axis(*lengths, like) for lengths in zip(size, self.compared, low, (wrap.y, wrap.x), strict=True)
        )

    def __call__(self, image: Tensor) -> Tensor:
        """The low frequencies of a colour (H, W), transposed: (w, h)."""
        return self._across(self._down(image).T.contiguous())

    def back(self, gradient: Tensor) -> Tensor:
        """The gradient (H, W) of whatever has the `gradient` (w, h) at the low frequencies."""
        return self._up(self._aside(gradient).T.contiguous())


def resized(image: Tensor, size: Size) -> Tensor:
    """An image (1, C, H, W) scaled to (height, width); a smaller one has gone through a triangle filter."""
    if image.shape[2:] == size:
        return image
    return functional.interpolate(image, size, mode="bilinear", antialias=True, align_corners=False)


class _SumsOfFew:
    """The product with a matrix (m, n) of which these entries are not 0: rows of the result are sums of a few rows."""

    def __init__(self, rows: Tensor, columns: Tensor, entries: Tensor, height: int) -> None:
        order = rows.argsort(stable=True)
        self.places, self.weights = columns[order], entries[order]
        self.starts = torch.searchsorted(rows[order], torch.arange(height, device=rows.device))

    def __call__(self, lines: Tensor) -> Tensor:
        found: Tensor = functional.embedding_bag(
            self.places, lines, self.starts, mode="sum", per_sample_weights=self.weights
        )
        return found


def _axis(length: int, compared: int, low: int, wraps: bool, like: Tensor) -> tuple[_SumsOfFew, _SumsOfFew]:
    """The filter along an axis, from `length` px to those `compared`, and its transpose."""
    rows, columns, entries = _entries(length, compared, low, wraps)
    rows, columns, entries = rows.to(like.device), columns.to(like.device), entries.to(like)
    return _SumsOfFew(rows, columns, entries, compared), _SumsOfFew(columns, rows, entries, length)


@functools.lru_cache(KEPT)
def _entries(length: int, compared: int, low: int, wraps: bool) -> tuple[Tensor, Tensor, Tensor]:
    """Rows, columns and entries of the filter's matrix, in float64: the same for all renders of a size."""
    rows, columns, entries = (torch.cat(each) for each in zip(*_responses(length, compared, low, wraps), strict=True))
    return rows, columns, entries


def _responses(length: int, compared: int, low: int, wraps: bool) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """The same, some columns at a time: what the filter makes of single pixels."""

    def filtered(lines: Tensor, size: Size) -> Tensor:
        return _triangle(resized(lines, size)[0, 0], compared / low)[None, None]

    for first in range(0, length, AT_ONCE):
        single = torch.zeros(length, min(AT_ONCE, length - first), dtype=torch.float64)
        single[first:].fill_diagonal_(1)
        found = around.resized(single[None, None], (compared, single.shape[1]), filtered, Wrap(False, wraps))[0, 0]
        rows, columns = found.nonzero(as_tuple=True)
        yield rows, columns + first, found[rows, columns]


def _triangle(lines: Tensor, width: float) -> Tensor:
    """Lines (n, k) through a triangle filter along n that is `width` px wide, from 1 to 2; its edge goes on beyond it.

    A triangle twice as wide as another is the sum of three of these, half as far apart as it is wide: so what
    `resized` made twice as large as the lower size is filtered as it would have been on the way to that size.
    """
    beside = 1 - 1 / width
    if beside <= 0 or len(lines) < 2:
        return lines
    before, after = torch.cat([lines[:1], lines[:-1]]), torch.cat([lines[1:], lines[-1:]])
    return (lines + beside * (before + after)) / (1 + 2 * beside)
