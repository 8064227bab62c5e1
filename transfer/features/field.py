"""The receptive fields of a network: which pixels a place of its features depends on. Free of torch.

A place i of a map of stride j depends on the pixels from i j - before to i j + after, along each axis.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """A convolution with "same" padding (stride 1) or a pooling (kernel = stride), and the `channels` that come out.

    `name` is the layer's, or empty if no recipe can ask for it.
    """

    kernel: int
    stride: int
    channels: int
    name: str = ""


@dataclass(frozen=True)
class Field:
    """The receptive field of a network's deepest layer, in pixels."""

    stride: int
    before: int
    after: int

    def smallest_tile(self, margin: int) -> int:
        """The pixels of a tile that consists of little but its margins."""
        return (2 * margin + self.stride) ** 2

    @property
    def feature_margin(self) -> int:
        """The pixels around a tile's core that make its features exact there, a multiple of `stride`."""
        return -(-max(self.before, self.after) // self.stride) * self.stride

    @property
    def gradient_margin(self) -> int:
        """The pixels around a tile's core that make its gradient exact there, a multiple of `stride`.

        A pixel's gradient comes from all places that have it in their field, and these depend on pixels as far away
        again: one receptive field minus one pixel on each side (Galerne et al. 2022, arXiv:2212.13459, section 4, call
        it twice the radius).
        """
        return -(-(self.before + self.after) // self.stride) * self.stride


def field(stages: Iterable[Stage]) -> Field:
    """The receptive field after the last of `stages`."""
    stride, before, after = 1, 0, 0
    for stage in stages:
        if stage.stride == 1:
            before += stage.kernel // 2 * stride
            after += stage.kernel // 2 * stride
        else:
            after += (stage.kernel - 1) * stride
        stride *= stage.stride
    return Field(stride, before, after)
