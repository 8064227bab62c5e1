"""What a batch teaches: the teacher's features of its pictures, and what vgg16-lite makes of them at full size.

The first two convolutions, at full size, are left as they were fitted, so that their maps are computed once a lesson.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.distill.augment import disturbed, nearby
from transfer.distill.corpus import Corpus
from transfer.features.network import FeatureNetwork
from transfer.features.vgg16_lite import VGG16Lite

EVERY = {"relu2_1": 2, "relu3_1": 2, "relu3_3": 2}  # places compared of shallow layers, whose neighbours are alike


@dataclass(frozen=True)
class Lesson:
    """Halved maps of relu1_2 of pictures and their neighbours, and the teacher's features for them.

    Of layers in `EVERY`, features are there for each so many rows and columns, from those in `offset` on.
    """

    maps: Tensor
    wanted: dict[str, Tensor]
    offset: tuple[int, int]

    def places(self, layer: str) -> tuple[slice, slice, slice, slice]:
        """The part of a layer's map (B, C, h, w) that is compared."""
        step = EVERY.get(layer, 1)
        rows, columns = (slice(first % step, None, step) for first in self.offset)
        return slice(None), slice(None), rows, columns


def crops(corpus: Corpus, count: int, side: int, generator: torch.Generator) -> Tensor:
    """So many crops (2 `count`, 3, `side`, `side`) of the corpus, disturbed, then a neighbour of each."""
    batch = disturbed(torch.cat([corpus.crop(side, generator) for _ in range(count)]), generator)
    return torch.cat([batch, nearby(batch, generator)])


@torch.no_grad()
def lesson(student: VGG16Lite, teacher: FeatureNetwork, pictures: Tensor, generator: torch.Generator) -> Lesson:
    """The lesson of `pictures` (2B, 3, H, W): B and their neighbours."""
    top, left = torch.randint(2, (2,), generator=generator).tolist()
    maps = functional.relu_(student.conv1_2(functional.relu_(student.conv1_1(student.normalised(pictures)))))
    made = Lesson(functional.avg_pool2d(maps, 2), {}, (top, left))
    for layer, features in teacher(pictures).items():
        made.wanted[layer] = features[made.places(layer)].to(torch.float16, memory_format=torch.channels_last)
    return made


def answers(factored: nn.ModuleDict, given: Lesson) -> dict[str, Tensor]:
    """What the student's part that learns makes of a lesson: features of the layers that are compared."""
    found, features = dict[str, Tensor](), given.maps
    for name, part in factored.items():
        if name.endswith("_1") and name != "relu2_1":
            features = functional.avg_pool2d(features, 2)
        features = part(features)
        if name in given.wanted:
            found[name] = features
    return found
