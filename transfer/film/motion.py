"""Where each place of a frame was in the frame before it.

Lucas and Kanade 1981, "An Iterative Image Registration Technique", coarse to fine: at each place the step that explains
best, over a window, how the brightness differs. Where nothing has an edge, the motion of the coarser size stays.
"""

import torch
from torch import Tensor
from torch.nn import functional

from transfer.images import RGB_TO_YIQ

COARSEST = 16  # px of the short side, where it begins
STEPS = 3  # on each size
WINDOW = 7  # px
STIFF = 1e-4  # of the mean square gradient of brightness, below which a place has no edge
FARTHEST = 1.5  # px that a step goes at most


@torch.no_grad()
def motion(before: Tensor, now: Tensor) -> Tensor:
    """For frames (1, 3, H, W) in [0, 1], offsets (1, 2, H, W) in px: across and down, to where a place was before."""
    pairs = [tuple(_brightness(frame) for frame in (before, now))]
    while min(pairs[-1][0].shape[2:]) >= 2 * COARSEST:
        pairs.append(tuple(functional.avg_pool2d(each, 2) for each in pairs[-1]))
    found = torch.zeros_like(before[:, :2, :1, :1])
    for earlier, later in reversed(pairs):
        found = resized(found, earlier)
        for _ in range(STEPS):
            found = _smooth(found + _step(earlier, later, found))
    return found


def moved(image: Tensor, offsets: Tensor, mode: str = "bilinear") -> Tensor:
    """What an image (1, C, H, W) shows at each place plus its offset; what lies outside is what is at the edge."""
    height, width = image.shape[2:]
    down, across = torch.meshgrid(
        torch.arange(height, device=image.device), torch.arange(width, device=image.device), indexing="ij"
    )
    places = torch.stack([across + offsets[0, 0], down + offsets[0, 1]], 2)
    scale = places.new_tensor([2 / width, 2 / height])
    grid = (places + 0.5) * scale - 1
    return functional.grid_sample(image, grid[None], mode=mode, padding_mode="border", align_corners=False)


def resized(offsets: Tensor, like: Tensor) -> Tensor:
    """Offsets (1, 2, h, w) for an image (1, C, H, W), in its pixels."""
    height, width = like.shape[2:]
    scale = offsets.new_tensor([width / offsets.shape[3], height / offsets.shape[2]]).view(1, 2, 1, 1)
    return scale * functional.interpolate(offsets, (height, width), mode="bilinear", align_corners=False)


def _step(before: Tensor, now: Tensor, offsets: Tensor) -> Tensor:
    """How much further each place was: the least squares over its window."""
    there = moved(before, offsets)
    across, down = _gradient(there)
    missing = now - there
    products = torch.cat([across * across, across * down, down * down, across * missing, down * missing], 1)
    xx, xy, yy, xt, yt = _mean(products).split(1, 1)
    ridge = STIFF + 0.01 * (xx + yy)
    xx, yy = xx + ridge, yy + ridge
    whole = xx * yy - xy * xy
    step = torch.cat([yy * xt - xy * yt, xx * yt - xy * xt], 1) / whole
    return step.clamp_(-FARTHEST, FARTHEST)


def _brightness(frame: Tensor) -> Tensor:
    luma = torch.einsum("c,bchw->bhw", RGB_TO_YIQ[0].to(frame), frame)[:, None]
    return functional.avg_pool2d(functional.pad(luma, (1, 1, 1, 1), mode="replicate"), 3, 1)


def _gradient(image: Tensor) -> tuple[Tensor, Tensor]:
    """Half the difference of the neighbours on either side, across and down."""
    padded = functional.pad(image, (1, 1, 1, 1), mode="replicate")
    across = (padded[..., 1:-1, 2:] - padded[..., 1:-1, :-2]) / 2
    return across, (padded[..., 2:, 1:-1] - padded[..., :-2, 1:-1]) / 2


def _mean(image: Tensor) -> Tensor:
    """Over a window around each place."""
    return functional.avg_pool2d(image, WINDOW, 1, WINDOW // 2, count_include_pad=False)


def _smooth(offsets: Tensor) -> Tensor:
    return functional.avg_pool2d(offsets, 3, 1, 1, count_include_pad=False)
