"""The two parts of the small network: what each learns, from whom, and how it begins."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from transfer.distill.deep_start import DEEP_CONVOLUTIONS, begin_deeper
from transfer.distill.start import CONVOLUTIONS, begin
from transfer.features.registry import BACKBONES
from transfer.features.vgg import VGG
from transfer.features.vgg16 import VGG16
from transfer.features.vgg19 import VGG19
from transfer.features.vgg19_lite import DEEP, SHALLOW, VGG19Lite
from transfer.features.vgg19_lite import load as load_lite


@dataclass(frozen=True)
class Lesson:
    """A part of vgg19-lite and how it is taught.

    `layers` are compared with those of a `teacher`, which computes `convolutions`. The part begins by `begin`, from
    `start_batch` pictures. `iterates_side` is the long side, in pixels, of the renders that it learns on. After each
    new batch, `replays` steps are taken on earlier ones.
    """

    teacher: type[VGG]
    layers: tuple[str, ...]
    convolutions: tuple[str, ...]
    begin: Callable[[VGG19Lite, VGG, Tensor], None]
    start_batch: int
    iterates_side: int
    largest_rate: float
    replays: int = 0
    is_deep: bool = False

    def student(self) -> VGG19Lite:
        """The network before its first lesson: what is not taught is as it ships, and stays so."""
        if not self.is_deep:
            return VGG19Lite()
        made = load_lite(self.below, SHALLOW).requires_grad_(False)
        made.deepen()
        return made

    def given(self, student: VGG19Lite, pictures: Tensor) -> Tensor:
        """What the part is given to look at, of pictures (B, 3, H, W)."""
        if not self.is_deep:
            return pictures
        with torch.no_grad():
            return student.shallow(pictures)["relu3_1"]

    def features(self, student: VGG19Lite, given: Tensor) -> dict[str, Tensor]:
        """What it makes of that."""
        if student.deeper is None:
            return student.shallow(given)
        found: dict[str, Tensor] = student.deeper(given, to_relu5_1=True)
        return found

    @property
    def below(self) -> Path:
        """The weights that the deeper part stands on."""
        return BACKBONES["vgg19-lite"].default_weights()

    def taught(self, student: VGG19Lite) -> dict[str, Tensor]:
        """The weights of the part, by name."""
        deep = ("deeper.", *(f"heads.{layer}." for layer in DEEP))
        return {name: value for name, value in student.state_dict().items() if name.startswith(deep) == self.is_deep}

    @property
    def stored_as(self) -> torch.dtype:
        """The number format of the file: deep layers are large, and predictions do not need more than half."""
        return torch.float16 if self.is_deep else torch.float32


LESSONS = {
    "shallow": Lesson(VGG19, SHALLOW, CONVOLUTIONS, begin, start_batch=64, iterates_side=144, largest_rate=1.5e-3),
    "deep": Lesson(
        VGG16,
        DEEP,
        DEEP_CONVOLUTIONS,
        begin_deeper,
        start_batch=500,
        iterates_side=176,
        largest_rate=8e-4,
        replays=3,
        is_deep=True,
    ),
}
