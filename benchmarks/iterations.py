"""The time of one iteration through VGG-16 and VGG-19, and of neural-style's plain loop through them in the same run.

Weights are random: they do not change the time. All see a 512 x 384 px picture and compare relu1_1 to relu5_1 for
style and relu4_2 for content.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.drawings import brush, village
from transfer.devices import precision
from transfer.engine.ladder import rungs
from transfer.engine.optimisers import PixelAdam
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES, VGG_CHANNELS
from transfer.features.vgg import VGG
from transfer.features.vgg16 import VGG16
from transfer.features.vgg19 import VGG19
from transfer.images import scaled
from transfer.pausing import finish
from transfer.recipes.style import StyleRecipe
from transfer.style.objective import objective
from transfer.style.targets import targets
from transfer.tiling.tiles import GuidedImage

SIZE = (512, 384)
WARM_UP, MEASURED = 2, 7
PLAIN_ITERATIONS = 1000  # neural-style's default


def measured() -> Iterator[dict[str, object]]:
    """An iteration of the plain loop, and of ours through the same network and through the small ones."""
    classic = _median(_plain_loop(VGG19.blocks))
    yield _row("plain VGG-19", classic, classic)
    yield from _through(VGG19, "vgg19", classic)
    yield _small("vgg19-lite", classic)
    plain = _median(_plain_loop(VGG16.blocks))
    yield _row("plain VGG-16", plain, plain)
    yield from _through(VGG16, "vgg16", plain)
    yield _small("vgg16-lite", plain)


def _through(network: type[VGG], backbone: str, plain: "Times") -> Iterator[dict[str, object]]:
    """Ours in float32, and in the format that is used here."""
    recipe = StyleRecipe.model_validate({"backbone": backbone})
    for dtype in dict.fromkeys((torch.float32, precision(torch.device("cpu")))):
        yield _row(f"{backbone}, {_name(dtype)}", _median(_ours(network(recipe.layers).frozen(dtype), recipe)), plain)


def _small(backbone: str, plain: "Times") -> dict[str, object]:
    """Ours through a small network."""
    recipe = StyleRecipe.model_validate({"backbone": backbone})
    network = BACKBONES[backbone].load(recipe.layers).frozen(precision(torch.device("cpu")))
    return _row(backbone, _median(_ours(network, recipe)), plain)


def _row(loop: str, found: "Times", plain: "Times") -> dict[str, object]:
    relative = {"of plain": found.seconds / plain.seconds, "of plain, CPU": found.processor / plain.processor}
    return {"loop": loop, "seconds": found.seconds, "CPU seconds": found.processor, **relative}


def against_plain(iteration_seconds: float, render_seconds: float) -> Iterator[dict[str, object]]:
    """How many default renders fit into 1,000 iterations of the plain loop."""
    plain = iteration_seconds * PLAIN_ITERATIONS
    yield {"1,000 plain iterations, s": plain, "default render, s": render_seconds, "times": plain / render_seconds}


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


class Times(NamedTuple):
    """What an iteration takes: seconds, and seconds of all processors, which a busy machine changes less."""

    seconds: float
    processor: float


def _median(step: Callable[[], None]) -> Times:
    found = []
    for _ in range(WARM_UP + MEASURED):
        began = time.perf_counter(), time.process_time()
        step()
        found.append((time.perf_counter() - began[0], time.process_time() - began[1]))
    return Times(*map(statistics.median, zip(*found[WARM_UP:], strict=True)))


def _ours(network: FeatureNetwork, recipe: StyleRecipe) -> Callable[[], None]:
    content, style = scaled(village(), SIZE), scaled(brush(), SIZE)
    rung = rungs(recipe)[-1]
    wanted = finish(targets(network, recipe, GuidedImage(content), [GuidedImage(style)]))
    made = objective(network, recipe, rung, wanted)
    optimiser = PixelAdam(content, rung.learning_rate)
    gradient = torch.empty_like(content)

    def step() -> None:
        finish(made.gradient(optimiser.image, gradient))
        optimiser.step(gradient)

    return step


def _plain_loop(blocks: Sequence[int]) -> Callable[[], None]:
    """The whole network with max pooling and zero padding, Gram matrices and Adam, all by autograd in float32."""
    content, style = scaled(village(), SIZE), scaled(brush(), SIZE)
    stages, inputs = [], 3
    for block, convolutions in enumerate(blocks):
        for _ in range(convolutions):
            stages.append((block, nn.Conv2d(inputs, VGG_CHANNELS[block], 3, padding=1).requires_grad_(False)))
            inputs = VGG_CHANNELS[block]

    def features(image: Tensor) -> list[Tensor]:
        found, before = [], 0
        for block, convolution in stages:
            if block != before:
                image, before = functional.max_pool2d(image, 2), block
            image = functional.relu(convolution(image))
            found.append(image)
        return found

    def gram(maps: Tensor) -> Tensor:
        vectors = maps.flatten(2)[0]
        return vectors @ vectors.T / vectors.numel()

    firsts = [sum(blocks[:block]) for block in range(len(blocks))]
    style_layers, content_layer = firsts, firsts[3] + 1
    with torch.no_grad():
        wanted = [gram(features(style)[layer]) for layer in style_layers]
        kept = features(content)[content_layer]
    image = content.clone().requires_grad_()
    optimiser = torch.optim.Adam([image], lr=0.01)

    def step() -> None:
        optimiser.zero_grad()
        seen = features(image)
        loss = 5 * functional.mse_loss(seen[content_layer], kept)
        for layer, goal in zip(style_layers, wanted, strict=True):
            loss = loss + 100 * functional.mse_loss(gram(seen[layer]), goal)
        torch.autograd.backward(loss)
        optimiser.step()

    return step
