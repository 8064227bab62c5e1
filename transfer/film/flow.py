"""Where each place of a frame was a frame before: dense optical flow, and how far it can be trusted.

Bruhn, Weickert and Schnörr 2005, "Lucas/Kanade Meets Horn/Schunck": least squares in a window around every pixel, which
cost more the further a place moves otherwise than those beside it, from coarse to fine. So what is flat moves with what
it lies between. Contrast counts little (Zimmer et al. 2011, "Optic Flow in Harmony"), and so does what does not fit.
A flow is (1, 2, H, W), across and down, in pixels; frames are (1, 3, H, W) in [0, 1].
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from transfer.film.pyramid_planner import LARGEST_FLOW

SMALLEST = 12  # px: the short side at which it begins
# Chosen: linearisations at each size, sweeps that solve each, and px on either side that belong to a window.
STEPS, SWEEPS, REACH = 4, 30, 2
SMOOTH = 2.0  # chosen: what it costs to move otherwise than beside, where data cost 1
ALIKE_THERE = 0.15  # chosen: of 1, by how much colours of places side by side differ that move together by a third
FAINT, MISFIT = 0.01, 0.05  # chosen: of 1, a slope that says little; how far colours are apart that fit by halves
FARTHEST = 1.0  # px that a step may go, which is as far as a gradient says anything
# Of Sundaram et al. 2010 ("Dense Point Trajectories by GPU-accelerated Large Displacement Optical Flow"), equations 5
# and 6: how far from its start a way there and back may end, and how much a flow may differ from place to place.
SHARE, SLACK, STEADY = 0.01, 0.5, 0.002
SEEN = 2e-4  # chosen: of slopes' mean squares, where a wrong flow shows by halves
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

    It does not where it came from beyond the frame; where the flow `back`, from `last` to `now`, does not lead back and
    that shows, since the frame is not flat there; where one thing moves past another; or where colours are others.
    """
    _, _, height, width = now.shape
    returned = along + carried(back, along, "bilinear")
    lengths = along.square().sum(1, keepdim=True) + back.square().sum(1, keepdim=True)
    slopes = _mean(_steepness(now), REACH)
    leads_back = returned.square().sum(1, keepdim=True) * slopes / (slopes + SEEN) < SHARE * lengths + SLACK
    holds_together = _steepness(along) < SHARE * lengths / 2 + STEADY
    apart = _mean(carried(last, along, "bilinear") - now, 1).square().mean(1, keepdim=True)
    fails = 1 - (leads_back & holds_together & _is_inside(along, height, width)).to(now)
    holds = 1 - functional.max_pool2d(fails, 2 * REACH + 1, 1, REACH)  # strokes reach over the edge of what they paint
    return _mean(holds * torch.exp(-apart / ALIKE**2), 1)


def _is_inside(along: Tensor, height: int, width: int) -> Tensor:
    """Whether what comes to each place was in the frame, (1, 1, H, W)."""
    across = torch.arange(width, dtype=along.dtype, device=along.device) + along[:, :1]
    down = torch.arange(height, dtype=along.dtype, device=along.device)[:, None] + along[:, 1:]
    return (across >= -0.5) & (across <= width - 0.5) & (down >= -0.5) & (down <= height - 0.5)


def _refined(found: Tensor, last: Tensor, now: Tensor) -> Tensor:
    """A flow at one size, after a few steps."""
    for _ in range(STEPS):
        seen = carried(last, found, "bilinear")
        xx, xy, yy, x, y = _data(seen, now)
        ties = _ties((seen + now) / 2)
        across, down = found[:, :1], found[:, 1:]
        wanted = torch.cat([xx * across + xy * down - x, xy * across + yy * down - y], 1)
        xx, yy = xx + SMOOTH, yy + SMOOTH
        inverse = torch.stack([torch.cat([yy, -xy], 1), torch.cat([-xy, xx], 1)]) / (xx * yy - xy * xy)
        moved = found
        for _ in range(SWEEPS):
            aims = wanted + SMOOTH * _beside(moved, ties)
            moved = (inverse * aims).sum(2).transpose(0, 1)
        found = found + (moved - found).clamp_(-FARTHEST, FARTHEST)
    return found


def _data(seen: Tensor, now: Tensor) -> list[Tensor]:
    """The least squares of every window: the products of slopes, and of slopes with how far colours are apart."""
    across, down = _slopes((seen + now) / 2)
    apart = seen - now
    share = 1 / ((across.square() + down.square()).sum(1, keepdim=True) + FAINT**2)
    share = share / (1 + apart.square().sum(1, keepdim=True) * share / MISFIT**2).sqrt()
    products = [across * across, across * down, down * down, across * apart, down * apart]
    return [_mean(share * each.sum(1, keepdim=True), REACH) for each in products]


def _ties(image: Tensor) -> tuple[Tensor, ...]:
    """How much each place moves with those left, right, above and below, (1, 1, H, W) each, which add up to 1."""
    right, below = (image.diff(dim=side).square().mean(1, keepdim=True) / -(ALIKE_THERE**2) for side in (3, 2))
    right, below = functional.pad(right.exp(), (1, 1)), functional.pad(below.exp(), (0, 0, 1, 1))
    found = right[..., :-1], right[..., 1:], below[..., :-1, :], below[..., 1:, :]
    whole = sum(found[1:], found[0]).clamp_min(1e-6)
    return tuple(each / whole for each in found)


def _beside(flow: Tensor, ties: Sequence[Tensor]) -> Tensor:
    """What the places around each one move by, on average."""
    around = functional.pad(flow, (1, 1, 1, 1), "replicate")
    left, right = around[..., 1:-1, :-2], around[..., 1:-1, 2:]
    above, below = around[..., :-2, 1:-1], around[..., 2:, 1:-1]
    return ties[0] * left + ties[1] * right + ties[2] * above + ties[3] * below


def _slopes(image: Tensor) -> tuple[Tensor, Tensor]:
    """How an image rises across and down, by central differences."""
    around = functional.pad(image, (1, 1, 1, 1), "replicate")
    across = (around[..., 1:-1, 2:] - around[..., 1:-1, :-2]) / 2
    return across, (around[..., 2:, 1:-1] - around[..., :-2, 1:-1]) / 2


def _steepness(image: Tensor) -> Tensor:
    """The squares of its slopes, added up."""
    return torch.cat(_slopes(image), 1).square().sum(1, keepdim=True)


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
