"""What layers and some of their channels dream, small and side by side, to choose from. Free of torch.

`python -m benchmarks.dream_palette` paints it, as one picture.
"""

from dataclasses import dataclass

SIDE, COLUMNS = 64, 12  # px of each, and how many are in a row


@dataclass(frozen=True)
class Sample:
    """A small dream of a layer, or of one of its channels; `number` counts all from 0, row by row."""

    number: int
    layer: str
    channel: int | None = None

    @property
    def title(self) -> str:
        """What it is a dream of, in words."""
        return self.layer if self.channel is None else f"{self.layer}, channel {self.channel}"

    @property
    def fields(self) -> dict[str, str]:
        """What a recipe says that dreams of it."""
        return {"dream_layers": self.layer, "channels": "" if self.channel is None else str(self.channel)}

    @property
    def corner(self) -> tuple[int, int]:
        """The pixels left of it and above it."""
        return self.number % COLUMNS * SIDE, self.number // COLUMNS * SIDE


LAYERS = ("relu1_1", "relu2_1", "relu3_1")
CHANNELS = {"relu2_1": range(7, 128, 14), "relu3_1": range(5, 245, 10)}  # chosen: evenly among them
_SHOWN = [*((layer, None) for layer in LAYERS), *((layer, each) for layer, some in CHANNELS.items() for each in some)]
PALETTE = tuple(Sample(number, layer, channel) for number, (layer, channel) in enumerate(_SHOWN))
