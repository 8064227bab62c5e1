"""The time of one iteration through VGG-19, and of neural-style's plain loop in the same run.

Weights are random: they do not change the time. Both see a 512 x 384 px picture and compare relu1_1 to relu5_1 for
style and relu4_2 for content.
"""

import statistics
import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.drawings import brush, village
from transfer.devices import precision
from transfer.engine.ladder import rungs
from transfer.engine.optimisers import PixelAdam
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES, VGG_BLOCKS, VGG_CHANNELS
from transfer.features.vgg19 import VGG19
from transfer.images import scaled
from transfer.recipes.style import StyleRecipe
from transfer.style.objective import objective
from transfer.style.targets import targets
from transfer.tiling.tiles import GuidedImage, at_once

SIZE = (512, 384)
WARM_UP, MEASURED = 2, 7
PLAIN_ITERATIONS = 1000  # neural-style's default


def measured() -> Iterator[dict[str, object]]:
    """Seconds for one iteration: the plain loop, ours in float32 and in its usual format, and the small network."""
    plain = _median(_plain_loop())
    yield {"loop": "plain VGG-19", "seconds": plain, "of plain": 1.0}
    recipe = StyleRecipe(backbone="vgg19")
    for dtype in dict.fromkeys((torch.float32, precision(torch.device("cpu")))):
        network = VGG19(recipe.layers_for_content + recipe.layers_for_style).frozen(dtype)
        seconds = _median(_ours(network, recipe))
        yield {"loop": f"vgg19, {_name(dtype)}", "seconds": seconds, "of plain": seconds / plain}
    small = BACKBONES["vgg19-lite"].load(()).frozen(precision(torch.device("cpu")))
    seconds = _median(_ours(small, StyleRecipe()))
    yield {"loop": "vgg19-lite", "seconds": seconds, "of plain": seconds / plain}


def against_plain(iteration_seconds: float, render_seconds: float) -> Iterator[dict[str, object]]:
    """How many default renders fit into 1,000 iterations of the plain loop."""
    plain = iteration_seconds * PLAIN_ITERATIONS
    yield {"1,000 plain iterations, s": plain, "default render, s": render_seconds, "times": plain / render_seconds}


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _median(step: Callable[[], None]) -> float:
    seconds = []
    for _ in range(WARM_UP + MEASURED):
        began = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds[WARM_UP:])


def _ours(network: FeatureNetwork, recipe: StyleRecipe) -> Callable[[], None]:
    content, style = scaled(village(), SIZE), scaled(brush(), SIZE)
    rung = rungs(recipe)[-1]
    wanted = at_once(targets(network, recipe, GuidedImage(content), [GuidedImage(style)]))
    made = objective(network, recipe, rung, wanted)
    optimiser = PixelAdam(content, rung.learning_rate)
    gradient = torch.empty_like(content)

    def step() -> None:
        at_once(made.gradient(optimiser.image, gradient))
        optimiser.step(gradient)

    return step


def _plain_loop() -> Callable[[], None]:
    """The whole network with max pooling and zero padding, Gram matrices and Adam, all by autograd in float32."""
    content, style = scaled(village(), SIZE), scaled(brush(), SIZE)
    stages, inputs = [], 3
    for block, convolutions in enumerate(VGG_BLOCKS):
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

    style_layers, content_layer = (0, 2, 4, 8, 12), 9
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
