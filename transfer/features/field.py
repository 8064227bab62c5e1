"""The receptive fields of a network: which pixels a place of its features depends on. Free of torch.

A place i of a map of stride j depends on the pixels from i j - before to i j + after, along each axis.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """A convolution, or a block of several, whose windows have their place in the middle; or a pooling, whose windows
    begin at it. `channels` come out.

    `name` is the layer's, or empty if no recipe can ask for it. Of a block, `inside` are the channels that it computes
    on the way, and `numbers` the weights of its convolutions.
    """

    kernel: int
    stride: int
    channels: int
    name: str = ""
    pools: bool = False
    inside: int = 0
    numbers: int = 0


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
        if stage.pools:
            after += (stage.kernel - 1) * stride
        else:
            before += stage.kernel // 2 * stride
            after += stage.kernel // 2 * stride
        stride *= stage.stride
    return Field(stride, before, after)


def weights(stages: Iterable[Stage], channels: int = 3) -> Iterator[int]:
    """How many weights each of these stages has, with which a place is multiplied, where `channels` come in."""
    for stage in stages:
        yield 0 if stage.pools else stage.numbers or stage.kernel**2 * channels * stage.channels
        channels = stage.channels
