"""Calms what flickers: each frame is mixed with the one before it, which moves as the clip moves.

A network that halves its maps does not see quite the same when things have moved by a pixel, and noise that strokes
are painted from stays where it is. So strokes shimmer. Mixed along the motion, what agrees from frame to frame stays,
and what does not is averaged away (as Ruder et al. 2016, "Artistic Style Transfer for Videos", arXiv:1604.08610, hold
on to the last frame where the motion explains it).
"""

import torch
from torch import Tensor
from torch.nn import functional

from transfer.film.motion import motion, moved, resized

SIDE = 256  # px at which motion is looked for
KEPT = 0.6  # chosen: the share of the frame before, where the motion is certain
DOUBTFUL = 0.08  # of 1: how far colours may be from what the motion says; from there on nothing is kept
BEGINNING = 6  # frames before a segment that are painted too, so that its first one is as calm as any
WINDOW = 5  # px


class Steadying:
    """Goes through the frames of a shot, one after the other."""

    def __init__(self) -> None:
        self._last: tuple[Tensor, Tensor] | None = None  # the frame, at a small size, and what was shown

    @torch.no_grad()
    def calmed(self, frame: Tensor, painted: Tensor) -> Tensor:
        """What is shown for a frame and what was painted of it, both (1, 3, H, W) in [0, 1]."""
        small = _at_most(frame, SIDE)
        if self._last is not None:
            before, shown = self._last
            offsets = motion(before, small)
            trust = functional.interpolate(_trust(before, small, offsets), painted.shape[2:], mode="bilinear")
            there = moved(shown, resized(offsets, painted), mode="bicubic").clamp_(0, 1)
            painted = torch.lerp(painted, there, KEPT * trust)
        self._last = small, painted
        return painted


def _trust(before: Tensor, now: Tensor, offsets: Tensor) -> Tensor:
    """How far the motion explains each place, (1, 1, H, W) from 0 to 1."""
    apart = (moved(before, offsets) - now).abs().mean(1, keepdim=True)
    apart = functional.avg_pool2d(apart, WINDOW, 1, WINDOW // 2, count_include_pad=False)
    return (1 - apart / DOUBTFUL).clamp_(0, 1)


def _at_most(frame: Tensor, side: int) -> Tensor:
    scale = side / max(frame.shape[2:])
    if scale >= 1:
        return frame
    size = [round(length * scale) for length in frame.shape[2:]]
    return functional.interpolate(frame, size, mode="bilinear", antialias=True, align_corners=False)
