"""How well a small network replaces its teacher: what it leaves unexplained, and how that scores renders through it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from transfer.devices import precision
from transfer.distill.corpus import Corpus
from transfer.distill.loss import residual
from transfer.engine.ladder import fit
from transfer.engine.step import result
from transfer.features.moments import moments
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES, Backbone
from transfer.features.vgg19_lite import TEACHER_CHANNELS
from transfer.images import as_floats, scaled, to_picture, to_tensor
from transfer.instant.render import render
from transfer.losses.content import ContentTarget
from transfer.losses.wasserstein import WassersteinTarget
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

LAYERS = tuple(TEACHER_CHANNELS)
PAIRS = 3  # of held-out pictures to render
SCORED_AT = (128, 256, 512)


@dataclass(frozen=True)
class Imitation:
    """A small network and its teacher. Renders compare the style at `layers` and the content at `content`."""

    small: Backbone
    teacher: Backbone
    layers: tuple[str, ...]
    content: str


LITE = Imitation(BACKBONES["vgg19-lite"], BACKBONES["vgg19"], LAYERS, "relu3_1")
DEEP = Imitation(BACKBONES["vgg16-lite"], BACKBONES["vgg16"], BACKBONES["vgg16-lite"].style_layers, "relu4_1")


def evaluation(which: Imitation, teacher_file: Path, weights: Path, images: Path) -> Iterator[str]:
    """Lines of text: the share of energy unexplained at each layer, then renders through both networks, compared.

    It uses only pictures that training never saw: every tenth of the sorted folder `images`.
    """
    files = (which.small, weights), (which.teacher, teacher_file)
    student, teacher = (network.load(which.layers, file).frozen() for network, file in files)
    held_out = Corpus(images).held_out
    for layer, share in unexplained(student, teacher, held_out, which.layers).items():
        yield f"{layer}: {share:.2%} of the teacher's energy unexplained on {len(held_out)} pictures"
    pictures = [to_picture(as_floats(picture[None])) for picture in held_out]
    step = max(1, len(pictures) // (2 * PAIRS))
    chosen = pictures[::step][: 2 * PAIRS]
    dtype = precision(teacher.mean.device)
    painters = [network.load(which.layers, file).frozen(dtype) for network, file in files]
    for number, (content, style) in enumerate(zip(chosen[::2], chosen[1::2], strict=False), 1):
        lite, true = (_scores(which, teacher, content, style, through) for through in painters)
        yield f"pair {number}, style: lite {lite[0]:.4f}, teacher {true[0]:.4f} ({lite[0] / true[0]:.2f} times)"
        yield f"pair {number}, content: lite {lite[1]:.4f}, teacher {true[1]:.4f} ({lite[1] / true[1]:.2f} times)"


@torch.no_grad()
def unexplained(
    student: FeatureNetwork, teacher: FeatureNetwork, pictures: Iterable[Tensor], layers: tuple[str, ...] = LAYERS
) -> dict[str, float]:
    """The share of the teacher's energy, over all channels, left unexplained at each layer.

    Pictures are bytes (3, H, W).
    """
    wrong, whole = dict.fromkeys(layers, 0.0), dict.fromkeys(layers, 0.0)
    for picture in pictures:
        image = as_floats(picture[None]).to(teacher.mean.device)
        wanted, features = teacher(image), student(image)
        for layer in layers:
            predicted = student.heads[layer](features[layer]) if layer in student.heads else features[layer]
            error, energy = residual(predicted, wanted[layer])
            wrong[layer] += error
            whole[layer] += energy
    return {layer: wrong[layer] / whole[layer] for layer in layers}


def _scores(
    which: Imitation, teacher: FeatureNetwork, content: Image.Image, style: Image.Image, through: FeatureNetwork
) -> tuple[float, float]:
    """Distances, by the teacher, of a default render `through` a network from its style and from its content."""
    asked: dict[str, Any] = {"backbone": which.teacher.name, "content_layers": (which.content,)}
    recipe = StyleRecipe(**asked, style_layers=which.layers)
    picture = to_picture(result(render(StyleInputs(content, (style,)), recipe, through)).image)
    with torch.no_grad():
        style_scores = [
            float(WassersteinTarget(moments(wanted[layer])).distance(moments(found[layer])))
            for side in SCORED_AT
            for found, wanted in [(_features(teacher, picture, side), _features(teacher, style, side))]
            for layer in which.layers
        ]
        wanted, found = (teacher(to_tensor(each))[which.content] for each in (content.resize(picture.size), picture))
        target = ContentTarget(moments(wanted), wanted.shape[2] * wanted.shape[3])
        distance = float(target.distance(found, wanted))
    return sum(style_scores) / len(style_scores), distance


def _features(teacher: FeatureNetwork, picture: Image.Image, side: int) -> dict[str, Tensor]:
    found: dict[str, Tensor] = teacher(scaled(picture, fit(picture.size, side)))
    return found
