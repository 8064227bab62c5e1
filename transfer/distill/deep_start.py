"""The same start for relu4_1 and relu5_1, which stand on the layers below as they are.

Deep features are mostly zero, so that a fit to what they were before the ReLU would be spent on values that nobody
sees. Here a place where the teacher has zero asks for no more than a value that is not positive: a few rounds of least
squares, each against what the last one gave there, which can only lower the error behind the ReLU.
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.distill.least_squares import (
    fit_squeeze,
    leading_channels,
    normal_equations,
    patches,
    same_places,
    set_convolution,
    vectors,
)
from transfer.distill.start import set_head
from transfer.features.vgg import VGG
from transfer.features.vgg19_lite import Deeper, VGG19Lite

DEEP_CONVOLUTIONS = ("relu3_2", "relu3_3", "relu4_1", "relu4_2", "relu4_3", "relu5_1")
AT_ONCE = 16  # pictures that go through a network together
PLACES = 40_000
ROUNDS = 8


@torch.no_grad()
def begin_deeper(student: VGG19Lite, teacher: VGG, pictures: Tensor) -> None:
    """Sets the first weights of the deeper part of `student` from `pictures` (B, 3, H, W).

    `teacher` computes all of `DEEP_CONVOLUTIONS`.
    """
    deeper, parts = cast(Deeper, student.deeper), pictures.split(AT_ONCE)
    wanted = _rows(teacher, parts)
    features = [student(part)["relu3_1"] for part in parts]
    for layer in DEEP_CONVOLUTIONS:
        if layer in ("relu3_2", "relu4_2"):
            squeeze: nn.Conv2d = getattr(deeper, f"squeeze{int(layer[4])}_1")
            fit_squeeze(squeeze, torch.cat(features))
            features = [squeeze(part) for part in features]
        elif layer in ("relu4_1", "relu5_1"):
            features = [functional.avg_pool2d(part, 2) for part in features]
        convolution: nn.Conv2d = getattr(deeper, layer.replace("relu", "conv"))
        truth = wanted.pop(layer).float()
        kept = leading_channels((truth.T @ truth).double() / len(truth), convolution.out_channels)
        inputs = torch.cat([_thinned(patches(part), len(parts)) for part in features])
        set_convolution(convolution, *behind_relu(inputs, truth[:, kept]))
        features = [functional.relu(convolution(part)) for part in features]
        if layer in student.heads:
            rows = torch.cat([_thinned(vectors(part), len(parts)) for part in features])
            set_head(student, layer, *same_places(rows, truth, PLACES))


def behind_relu(inputs: Tensor, outputs: Tensor) -> tuple[Tensor, Tensor]:
    """The weight (O, I) and bias (O) with which max(0, W x + b) is close to `outputs` (N, O), none of them negative."""
    solve, rows = normal_equations(inputs)
    target = outputs
    for _ in range(ROUNDS):
        found = solve(rows.T @ target)
        target = torch.where(outputs > 0, outputs, (rows @ found.to(rows.dtype)).clamp_max(0))
    return found[:-1].T, found[-1]


def _rows(teacher: VGG, parts: tuple[Tensor, ...]) -> dict[str, Tensor]:
    """What the teacher has at all layers, at some places of all pictures, as rows."""
    found: dict[str, list[Tensor]] = {layer: [] for layer in DEEP_CONVOLUTIONS}
    for part in parts:
        features = teacher(part)
        for layer, rows in found.items():
            rows.append(_thinned(vectors(features[layer]), len(parts)).clone())
    return {layer: torch.cat(rows) for layer, rows in found.items()}


def _thinned(rows: Tensor, parts: int) -> Tensor:
    """Evenly spread rows, of which there are `PLACES` in so many parts."""
    return rows[:: max(1, len(rows) * parts // PLACES)]
