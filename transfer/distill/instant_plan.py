"""The settings of the instant decoder's training. Free of torch, so that the command line can show the defaults."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InstantPlan:
    """What to train on, for how long, and where to keep the state.

    `images` are contents, `styles` paintings and textures; crops of `side` px have a multiple of 8.
    """

    images: Path
    styles: Path
    output: Path
    checkpoint: Path
    steps: int = 4_000
    batch: int = 8
    side: int = 256
    device: str = "cpu"
    report_every: int = 50
    checkpoint_every: int = 200
