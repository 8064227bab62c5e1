"""Random shifts of the picture before each step (google/deepdream's `jitter`), so that no grid of a network shows.

Departure: the picture is not rolled, which brings opposite edges together, but gets a mirrored border, of which a
random part is on each side.
"""

import torch
from torch import Tensor
from torch.nn import functional

from transfer.room import room


class Jitter:
    """The shifts of one rung, each decided by the seed, the rung's long side and the number of the step alone."""

    def __init__(self, most: int, size: tuple[int, int], seed: int, long_side: int) -> None:
        self.most, self.size = min(most, min(size) // 2), size
        self.seed, self.long_side = seed, long_side
        self.step = 0

    @property
    def padded_size(self) -> tuple[int, int]:
        """(width, height) of a picture with its border."""
        return self.size[0] + self.most, self.size[1] + self.most

    def shift(self) -> tuple[int, int]:
        """The pixels left of and above the picture in this step, each from 0 to `most`."""
        generator = torch.Generator().manual_seed((self.seed << 31) ^ (self.long_side << 16) ^ self.step)
        left, above = torch.randint(0, self.most + 1, (2,), generator=generator).tolist()
        return left, above

    def bordered(self, image: Tensor) -> Tensor:
        """An image (1, 3, H, W) with this step's border around it: a new tensor, but where nothing is to be added."""
        if not self.most:
            return image
        left, above = self.shift()
        width, height = self.padded_size
        found = room((1, 3, height, width), image)
        found.copy_(functional.pad(image, (left, self.most - left, above, self.most - above), mode="reflect"))
        return found

    def within(self, bordered: Tensor) -> Tensor:
        """The part of a tensor (1, 3, H', W') that lies where the image does."""
        left, above = self.shift() if self.most else (0, 0)
        width, height = self.size
        return bordered[..., above : above + height, left : left + width]
