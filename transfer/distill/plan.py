"""The settings of vgg19-lite's training. Free of torch, so that the command line can show the defaults."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TrainingPlan:
    """What to train on, for how long, and where to keep the state. `crop` is in pixels."""

    teacher: Path
    images: Path
    output: Path
    checkpoint: Path
    steps: int = 7_000
    batch: int = 10
    crop: int = 96
    device: str = "cpu"
    report_every: int = 100
    checkpoint_every: int = 500
