"""What layers and some of their channels dream, small and side by side, to choose from. Free of torch.

`python -m benchmarks.dream_palette` paints it, as one picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass

SIDE, COLUMNS = 64, 12  # px of each, and how many are in a row


@dataclass(frozen=True)
class Sample:
    """A small dream of a network's layer, or of one of its channels; `number` counts all from 0, row by row."""

    number: int
    backbone: str
    layer: str
    channel: int | None = None

    @property
    def title(self) -> str:
        """What it is a dream of, in words."""
        return self.layer if self.channel is None else f"{self.layer}, channel {self.channel}"

    @property
    def fields(self) -> dict[str, str]:
        """What a recipe says that dreams of it."""
        channels = "" if self.channel is None else str(self.channel)
        return {"backbone": self.backbone, "dream_layers": self.layer, "channels": channels}

    @property
    def corner(self) -> tuple[int, int]:
        """The pixels left of it and above it."""
        return self.number % COLUMNS * SIDE, self.number // COLUMNS * SIDE


# Of each network that ships: layers, and channels of layers. Chosen: evenly among them.
_SHOWN: dict[str, tuple[tuple[str, ...], dict[str, range]]] = {
    "vgg19-lite": (("relu1_1", "relu2_1", "relu3_1"), {"relu2_1": range(7, 128, 14), "relu3_1": range(5, 245, 10)}),
    "vgg16-lite": (
        ("relu3_3", "relu4_1", "relu4_2", "relu4_3", "relu5_1"),
        {"relu4_3": range(24, 512, 55), "relu5_1": range(15, 512, 51)},
    ),
}


def _samples() -> Iterator[tuple[str, str, int | None]]:
    for backbone, (layers, channels) in _SHOWN.items():
        yield from ((backbone, layer, None) for layer in layers)
        yield from ((backbone, layer, each) for layer, some in channels.items() for each in some)


PALETTE = tuple(Sample(number, *each) for number, each in enumerate(_samples()))
