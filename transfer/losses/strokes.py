"""The local term once more, on light and dark instead of features: strokes that a network hardly sees.

In the darkest colours of a painting the features vary as in the style before its strokes show. What is compared here is
the lightness of a picture y, at half its size, without its blur:

    h = D y - S D y

where D is the mean of 2 x 2 px and S a Gaussian with a deviation of 4 px of y. Finer than D is grain, which would come
out as specks if it were asked for. See `transfer.losses.texture` for what is asked of h in windows. All is linear, so
its gradient goes back by transposes, in an order of sums that is always the same.
"""

import torch
from torch import Tensor
from torch.nn import functional

from transfer.images import RGB_TO_YIQ
from transfer.losses.term import PixelTerm, Scalar
from transfer.losses.texture import LEVELS, Bounds, Windows, colours, overlapping
from transfer.tiling.cells import Cells, in_middles
from transfer.tiling.windows import WINDOW, cell_of
from transfer.tiling.wrap import NOWHERE, Wrap

STRIDE = 2  # px of a picture for one of the band
SIGMA, REACH = 2.0, 6  # px of the band
LUMA = tuple(RGB_TO_YIQ[0].tolist())


class Band:
    """Light and dark, from 2 to some 16 px, of images with these (height, width); `like` is a tensor of their type."""

    def __init__(self, size: tuple[int, int], like: Tensor, wrap: Wrap = NOWHERE) -> None:
        self.size = size[0] // STRIDE, size[1] // STRIDE
        down, across = (_blur(side, wraps) for side, wraps in zip(self.size, (wrap.y, wrap.x), strict=True))
        self._down, self._across = down.to(like), across.to(like)

    def __call__(self, image: Tensor) -> Tensor:
        """That of an image (1, 3, H, W): (1, 1, H // 2, W // 2)."""
        found = image.new_zeros(1, 1, *self.size)
        for channel, share in enumerate(LUMA):
            found.add_(functional.avg_pool2d(image[:, channel : channel + 1], STRIDE), alpha=share)
        return found.sub_(self._down @ found @ self._across.T)

    def back(self, gradient: Tensor, into: Tensor) -> None:
        """Adds the gradient of whatever has this `gradient` (h, w) at the band to that `into` (1, 3, H, W)."""
        apart = gradient - self._down.T @ gradient @ self._across
        height, width = self.size
        for channel, share in enumerate(LUMA):
            whole = into[0, channel, : STRIDE * height, : STRIDE * width]
            blocks = whole.unflatten(1, (width, STRIDE)).unflatten(0, (height, STRIDE))
            blocks.add_(apart[:, None, :, None], alpha=share / STRIDE**2)


def _blur(length: int, wraps: bool) -> Tensor:
    """The blur along an axis as a matrix (n, n), in float64; the last place goes on beyond the border."""
    steps = torch.arange(-REACH, REACH + 1)
    bell = torch.exp(-(steps.double() / SIGMA).square() / 2)
    beyond = torch.arange(length)[:, None] + steps
    places = beyond % length if wraps else beyond.clamp(0, length - 1)
    found = torch.zeros(length, length, dtype=torch.float64)
    return found.scatter_add_(1, places, (bell / bell.sum()).expand(length, -1))


class StrokesTerm(PixelTerm):
    """The lack of light and dark, and where it `is_bounded` their surplus too.

    `bounds` are the styles' by region and colour, `size` is the picture's (width, height), and `guide` (L, H, W) in
    bytes says where its regions are.
    """

    name = "texture"

    def __init__(
        self,
        weight: float,
        bounds: Bounds,
        size: tuple[int, int],
        guide: Tensor | None = None,
        is_bounded: bool = False,
        wrap: Wrap = NOWHERE,
    ) -> None:
        self.weight, self.bounds, self.size, self.is_bounded, self.wrap = weight, bounds, size, is_bounded, wrap
        self.cell = cell_of(max(size))
        self.span = WINDOW // self.cell
        self.regions = None
        if guide is not None:
            self.regions = overlapping(in_middles(guide, self.cell).float(), self.span, wrap).argmax(0)
        self._band: Band | None = None
        self._windows: tuple[Windows, Windows] | None = None

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        height, width = image.shape[2:]
        if self._band is None:
            self._band = Band((height, width), image, self.wrap)
        light = self._band(image)
        pixels, cells = Cells((height, width), self.cell), Cells(self._band.size, self.cell // STRIDE)
        pixels.add((image,), 0, 0)
        cells.add((light, light.square()), 0, 0)
        if pixels.sums is None or cells.sums is None:
            raise RuntimeError("an image without a place")
        if self._windows is None:
            self._windows = tuple(Windows.of(each, self.span, self.wrap, image) for each in (pixels, cells))
        colour, windows = self._windows
        entries = colours(colour.sums(pixels.sums) / colour.places)
        if self.regions is not None:
            entries = entries + LEVELS**3 * self.regions
        rows, columns = windows.places.shape
        value, slope, offset = self.bounds.pulls(
            cells.sums, windows, entries[:rows, :columns], self.weight, self.is_bounded
        )
        down, across = (torch.arange(side, device=image.device) // (self.cell // STRIDE) for side in self._band.size)
        light = light[0, 0].mul_(slope[0][down][:, across]).add_(offset[0][down][:, across])
        self._band.back(light, gradient)
        return value
