"""Measures how fast a device is; see speeds.py for where that is kept."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from transfer.devices import describe, precision
from transfer.engine.ladder import rungs
from transfer.engine.optimisers import PixelAdam
from transfer.engine.painting import Painting
from transfer.features.googlenet import GoogLeNet
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.features.vgg16 import VGG16
from transfer.features.vgg19 import VGG19
from transfer.pausing import finish
from transfer.planning import busy, speeds
from transfer.planning.planner import Speed
from transfer.recipes.style import StyleRecipe
from transfer.style.objective import objective
from transfer.style.targets import targets
from transfer.tiling.tiles import GuidedImage, View

SMALL, LARGE = 64, 448  # px
RUNS = 3
UNTRAINED: dict[str, Callable[[tuple[str, ...]], FeatureNetwork]]
UNTRAINED = {"vgg16": VGG16, "vgg19": VGG19, "googlenet": GoogLeNet}


def speed(backbone: str, device: torch.device, anew: bool = False) -> Speed:
    """That of `backbone` on `device`: as it was measured before, or measured now.

    `anew`, what other programs have spoilt is measured again; the measurement beside fewer of them counts.
    """
    name = describe(device)
    known = speeds.known().get(name, {}).get(backbone)
    if known is not None and not (anew and known.is_spoilt):
        return known
    before = busy.work()
    found = measured(backbone, device)
    beside = min(1.0, busy.others(before, busy.work()) / (os.cpu_count() or 1))
    found = replace(found, beside=round(beside, 2))
    if known is not None and known.beside < found.beside:
        return known
    speeds.keep(name, backbone, found)
    return found


def measured(backbone: str, device: torch.device) -> Speed:
    """Times an iteration at two sizes, and a view of the larger; takes some seconds."""
    # Not validated: it measures networks too that only dreams are offered.
    recipe = StyleRecipe.model_construct(backbone=backbone, pooling=BACKBONES[backbone].poolings[0])  # type: ignore[arg-type]
    network = _network(recipe).frozen(precision(device)).to(device)
    small, large = (_iteration(recipe, network, side) for side in (SMALL, LARGE))
    paint = max(0.0, large.seconds - small.seconds) / (LARGE**2 - SMALL**2)
    besides = max(0.0, small.seconds - paint * SMALL**2)
    return Speed(iteration=besides, look=large.view / LARGE**2, paint=paint)


@dataclass(frozen=True)
class _Times:
    seconds: float  # of an iteration
    view: float  # of the whole picture


def _network(recipe: StyleRecipe) -> FeatureNetwork:
    """The backbone; where its weights are not here, random ones, which take the same time."""
    backbone, untrained = BACKBONES[recipe.backbone], UNTRAINED.get(recipe.backbone)
    if backbone.available or untrained is None:
        return backbone.load(recipe.layers, pooling=recipe.pooling)
    return untrained(recipe.layers)


def _iteration(recipe: StyleRecipe, network: FeatureNetwork, side: int) -> _Times:
    device = network.mean.device
    image = torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(0)).to(device)
    rung = rungs(recipe)[0]
    found = finish(targets(network, recipe, GuidedImage(image), [GuidedImage(image.flip(2))]))
    made = objective(network, recipe, rung, found)
    painting = Painting(made, PixelAdam(image, rung.learning_rate), rung, 0)
    return _Times(
        seconds=_seconds(lambda: finish(painting.step()), device),
        view=_seconds(lambda: View(network, GuidedImage(image), made.tiles[0]), device),
    )


def _seconds(act: Callable[[], object], device: torch.device) -> float:
    """The seconds of the quickest run, after one that warms up, on a machine that does nothing else.

    A processor's are those of this thread, which has its share of all that threads do together: it does not count how
    long it waited for a processor that others kept busy.
    """
    clock = time.thread_time if device.type == "cpu" else time.perf_counter
    found = []
    for _ in range(1 + RUNS):
        began = clock()
        act()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        found.append(clock() - began)
    return min(found[1:])
