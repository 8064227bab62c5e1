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
from transfer.losses.texture import Bounds, Placing
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

    `bounds` are the styles' by region and colour; see `Placing` for the picture.
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
        self.placing = Placing(size, guide, wrap)
        self._band: Band | None = None

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        self._band = self._band or Band((image.shape[2], image.shape[3]), image, self.wrap)
        light = self._band(image)
        colour, cells = self.placing.cells(self.size), self.placing.cells(self.size, STRIDE)
        colour.add((image,), 0, 0)
        cells.add((light, light.square()), 0, 0)
        entries, windows = self.placing.entries(colour), self.placing.windows(cells)
        rows, columns = windows.places.shape
        value, slope, offset = self.bounds.pulls(
            cells.found, windows, entries[:rows, :columns], self.weight, self.is_bounded
        )
        down, across = (torch.arange(side, device=image.device) // cells.side for side in cells.shape)
        light = light[0, 0].mul_(slope[0][down][:, across]).add_(offset[0][down][:, across])
        self._band.back(light, gradient)
        return value
