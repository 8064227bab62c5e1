"""The settings of vgg16-lite's training. Free of torch, so that the command line can show the defaults."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DeepPlan:
    """What to train on, for how long, and where to keep the state.

    A step learns from `batch` crops of `side` px and as many neighbours. A round has `lessons` batches, each of which
    is taught twice, since the teacher takes as long for one as a step takes. A checkpoint is written after each round.
    """

    teacher: Path
    images: Path
    output: Path
    checkpoint: Path
    steps: int = 8_000
    batch: int = 3
    side: int = 176
    lessons: int = 50
    device: str = "cpu"
