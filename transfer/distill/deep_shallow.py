"""Trains vgg16-lite's first layers, to relu2_1, before all that stands on them: from then on they stay as they are."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.distill.deep_loss import errors
from transfer.distill.rate import rate
from transfer.features.network import FeatureNetwork
from transfer.features.vgg16_lite import VGG16Lite

LAYERS = {"relu1_1": 0.5, "relu2_1": 1.0}  # and what each counts
RATE, WARM_UP_STEPS = 2e-3, 20


def polish(
    student: VGG16Lite, teacher: FeatureNetwork, batch: Callable[[], Tensor], steps: int, fast: torch.autocast
) -> None:
    """Takes `steps` towards the teacher's relu1_1 and relu2_1; `batch` gives pictures, then as many neighbours."""
    head, second = student.heads["relu1_1"], student.factored["relu2_1"]
    learning = [*student.conv1_1.parameters(), *student.conv1_2.parameters(), *head.parameters(), *second.parameters()]
    optimiser = torch.optim.Adam([{"params": [each], "size": size(each)} for each in learning], betas=(0.9, 0.99))
    for step in range(steps):
        now = rate(step, steps, RATE, WARM_UP_STEPS)
        for group in optimiser.param_groups:
            group["lr"] = now * group["size"]
        pictures = batch()
        with fast:
            with torch.no_grad():
                wanted = teacher(pictures)
            relu1_1 = functional.relu_(student.conv1_1(student.normalised(pictures)))
            halved = functional.avg_pool2d(functional.relu_(student.conv1_2(relu1_1)), 2)
            found = {"relu1_1": head(relu1_1), "relu2_1": second(halved)}
        gradients = [
            (weight * errors(found[layer], wanted[layer]).gradient).to(found[layer].dtype)
            for layer, weight in LAYERS.items()
        ]
        optimiser.zero_grad()
        torch.autograd.backward(list(found.values()), gradients)
        optimiser.step()


def size(parameter: nn.Parameter) -> float:
    """The typical size of its entries, at least 0.001: what rates of learning are relative to."""
    return max(1e-3, float(parameter.detach().square().mean().sqrt()))
