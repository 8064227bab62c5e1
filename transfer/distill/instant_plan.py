"""The settings of the instant decoders' training. Free of torch, so that the command line can show the defaults."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InstantPlan:
    """What to train on, for how long, and where to keep the state.

    `images` are contents, `styles` paintings and textures; crops of `side` px have a multiple of 8. `start` are weights
    to go on from, random ones without it; `rate` is the largest learning rate.
    """

    images: Path
    styles: Path
    output: Path
    checkpoint: Path
    steps: int = 4_000
    batch: int = 8
    side: int = 256
    start: Path | None = None
    rate: float = 1.5e-3
    device: str = "cpu"
    report_every: int = 50
    checkpoint_every: int = 200
