"""What GoogLeNet is made of (Szegedy et al. 2014, arXiv:1409.4842, table 1), as torchvision has it. Free of torch.

torchvision's has 3 x 3 convolutions where the paper has 5 x 5, and was trained with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from transfer.features.field import Stage

FIRST, SECOND, THIRD = 64, 64, 192  # channels of the convolutions before the blocks


@dataclass(frozen=True)
class Block:
    """The channels of an inception block, in the order of the paper's table: four branches side by side.

    They are a convolution of 1 x 1, two of 3 x 3 behind one of 1 x 1 that reduces the channels, and a pooling with one
    of 1 x 1 behind it.
    """

    inputs: int
    single: int
    reduced: int
    wide: int
    reduced_more: int
    wide_too: int
    pooled: int

    @property
    def channels(self) -> int:
        """Those of all branches, which come out one after another."""
        return self.single + self.wide + self.wide_too + self.pooled

    @property
    def stage(self) -> tuple[int, int]:
        """The channels that it computes on the way, its branches' own among them, and its weights."""
        inside = self.reduced + self.reduced_more + self.inputs + self.channels
        from_inputs = self.inputs * (self.single + self.reduced + self.reduced_more + self.pooled)
        return inside, from_inputs + 9 * (self.reduced * self.wide + self.reduced_more * self.wide_too)


BLOCKS = {
    "inception3a": Block(192, 64, 96, 128, 16, 32, 32),
    "inception3b": Block(256, 128, 128, 192, 32, 96, 64),
    "inception4a": Block(480, 192, 96, 208, 16, 48, 64),
    "inception4b": Block(512, 160, 112, 224, 24, 64, 64),
    "inception4c": Block(512, 128, 128, 256, 24, 64, 64),
    "inception4d": Block(512, 112, 144, 288, 32, 64, 64),
    "inception4e": Block(528, 256, 160, 320, 32, 128, 128),
    "inception5a": Block(832, 256, 160, 320, 32, 128, 128),
    "inception5b": Block(832, 384, 192, 384, 48, 128, 128),
}
POOLED_BEFORE = {"conv2": 3, "inception3a": 3, "inception4a": 3, "inception5a": 2}  # the side of a pooling's windows


def stages() -> Iterator[Stage]:
    """All of them, from shallow to deep."""
    yield Stage(7, 2, FIRST, "conv1")
    yield Stage(POOLED_BEFORE["conv2"], 2, FIRST, pools=True)
    yield Stage(1, 1, SECOND, "conv2")
    yield Stage(3, 1, THIRD, "conv3")
    for name, block in BLOCKS.items():
        if name in POOLED_BEFORE:
            yield Stage(POOLED_BEFORE[name], 2, block.inputs, pools=True)
        inside, numbers = block.stage
        yield Stage(3, 1, block.channels, name, inside=inside, numbers=numbers)
