"""Where each place of a frame was a frame before: dense optical flow, and how far it can be trusted.

Lucas and Kanade 1981 ("An Iterative Image Registration Technique"), in windows around every pixel, from coarse to fine.
Where a window is flat, the flow of the coarser size stays. A flow is (1, 2, H, W), across and down, in pixels; frames
are (1, 3, H, W) in [0, 1].
"""

import torch
from torch import Tensor
from torch.nn import functional

from transfer.film.planner import LARGEST_FLOW

SMALLEST = 12  # px: the short side at which it begins
STEPS, REACH = 4, 3  # chosen: steps at each size, and px on either side that belong to a window
LEAST = 2e-4  # of gradients' mean squares in a window: below, nothing is to be seen there
FARTHEST = 1.0  # px that a step may go, which is as far as a gradient says anything
# Of Sundaram et al. 2010 ("Dense Point Trajectories by GPU-accelerated Large Displacement Optical Flow"), equation 5.
SHARE, SLACK = 0.01, 0.5
ALIKE = 0.06  # chosen: of 1, by how much colours differ where trust has fallen to a third


def flow(last: Tensor, now: Tensor) -> Tensor:
    """Where each place of the frame `now` was in the frame `last`, relative to where it is."""
    height, width = now.shape[2:]
    part = min(1.0, LARGEST_FLOW / max(height, width))
    size = round(height * part), round(width * part)
    lasts, nows = (_pyramid(_at(each, size)) for each in (last, now))
    found = now.new_zeros(1, 2, *nows[0].shape[2:])
    for old, new in zip(lasts, nows, strict=True):
        found = _refined(_enlarged(found, (new.shape[2], new.shape[3])), old, new)
    return _enlarged(found, (height, width))


def carried(picture: Tensor, along: Tensor, mode: str = "bicubic") -> Tensor:
    """A picture (1, C, H, W) as a flow takes it along; beyond its edges it goes on as at them."""
    _, _, height, width = picture.shape
    down, across = torch.meshgrid(
        torch.arange(height, dtype=along.dtype, device=along.device),
        torch.arange(width, dtype=along.dtype, device=along.device),
        indexing="ij",
    )
    places = torch.stack(
        [(2 * (across + along[0, 0]) + 1) / width - 1, (2 * (down + along[0, 1]) + 1) / height - 1], -1
    )
    return functional.grid_sample(picture, places[None], mode=mode, padding_mode="border", align_corners=False)


def trust(last: Tensor, now: Tensor, along: Tensor, back: Tensor) -> Tensor:
    """How far what `along` takes from the frame `last` belongs where it comes to, (1, 1, H, W) from 0 to 1.

    It does not where it came from beyond the frame; where the flow `back`, from `last` to `now`, does not lead back; or
    where the colours of the frames are others.
    """
    _, _, height, width = now.shape
    returned = along + carried(back, along, "bilinear")
    lengths = along.square().sum(1, keepdim=True) + back.square().sum(1, keepdim=True)
    leads_back = returned.square().sum(1, keepdim=True) < SHARE * lengths + SLACK
    apart = _mean(carried(last, along, "bilinear") - now, 1).square().mean(1, keepdim=True)
    return _mean((leads_back & _is_inside(along, height, width)).to(now) * torch.exp(-apart / ALIKE**2), 1)


def _is_inside(along: Tensor, height: int, width: int) -> Tensor:
    """Whether what comes to each place was in the frame, (1, 1, H, W)."""
    across = torch.arange(width, dtype=along.dtype, device=along.device) + along[:, :1]
    down = torch.arange(height, dtype=along.dtype, device=along.device)[:, None] + along[:, 1:]
    return (across >= -0.5) & (across <= width - 0.5) & (down >= -0.5) & (down <= height - 0.5)


def _refined(found: Tensor, last: Tensor, now: Tensor) -> Tensor:
    """A flow at one size, after a few steps: each solves the least squares of every window."""
    for _ in range(STEPS):
        seen = carried(last, found, "bilinear")
        middle = (seen + now) / 2
        across, down = _slopes(middle)
        apart = seen - now
        products = torch.cat([across * across, across * down, down * down, across * apart, down * apart])
        xx, xy, yy, x, y = _mean(products.sum(1, keepdim=True), REACH)
        xx, yy = xx + LEAST, yy + LEAST
        step = torch.stack([xy * y - yy * x, xy * x - xx * y], 1) / (xx * yy - xy * xy)
        found = _mean(found + step.clamp_(-FARTHEST, FARTHEST), 1)
    return found


def _slopes(image: Tensor) -> tuple[Tensor, Tensor]:
    """How an image rises across and down, by central differences."""
    around = functional.pad(image, (1, 1, 1, 1), "replicate")
    across = (around[..., 1:-1, 2:] - around[..., 1:-1, :-2]) / 2
    return across, (around[..., 2:, 1:-1] - around[..., :-2, 1:-1]) / 2


def _mean(maps: Tensor, reach: int) -> Tensor:
    """Over a window around each place, or as much of it as there is."""
    return functional.avg_pool2d(maps, 2 * reach + 1, 1, reach, count_include_pad=False)


def _pyramid(frame: Tensor) -> list[Tensor]:
    """A frame at sizes that double, the smallest first."""
    found = [frame]
    while min(found[-1].shape[2:]) >= 2 * SMALLEST:
        height, width = found[-1].shape[2:]
        found.append(_at(found[-1], (height // 2, width // 2)))
    return found[::-1]


def _at(frame: Tensor, size: tuple[int, int]) -> Tensor:
    if frame.shape[2:] == size:
        return frame
    return functional.interpolate(frame, size, mode="bilinear", antialias=True, align_corners=False)


def _enlarged(found: Tensor, size: tuple[int, int]) -> Tensor:
    """A flow for frames of (height, width)."""
    height, width = found.shape[2:]
    if (height, width) == size:
        return found
    scale = found.new_tensor([size[1] / width, size[0] / height]).view(1, 2, 1, 1)
    return functional.interpolate(found, size, mode="bilinear", align_corners=False) * scale
