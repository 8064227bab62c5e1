"""What can be said of a dream before it starts. Free of torch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from transfer.dream.octaves import octaves as rungs
from transfer.dream.recipe import DreamRecipe
from transfer.engine.ladder import fit
from transfer.features.field import weights
from transfer.features.registry import BACKBONES, Backbone
from transfer.inputs import Role, Size, Sizes, content_in
from transfer.planning import planner
from transfer.planning.planner import Plan, RungPlan, Speed, layout

if TYPE_CHECKING:
    from transfer.style.advice import PictureFacts

__all__ = ["Sizes", "advice", "guide_size", "layout", "least_memory", "plan", "rungs", "size"]
GUIDE_SIDE = 224  # px: as large as the pictures that the networks were trained on


def size(recipe: DreamRecipe, sizes: Sizes) -> Size:
    """(width, height) of the picture in pixels: that of the content, scaled to `image_size`."""
    return fit(content_in(sizes), recipe.image_size)


def guide_size(picture: Size) -> Size:
    """The (width, height) at which a guide is viewed."""
    return fit(picture, GUIDE_SIDE)


def plan(recipe: DreamRecipe, sizes: Sizes, width: int, memory: int | None = None, speed: Speed | None = None) -> Plan:
    """The needs of a dream; see `transfer.planning.planner`.

    A step costs as much as the layers that it goes through, and needs no first pass over the tiles.
    """
    found = planner.plan(recipe, content_in(sizes), lambda rung: (), width, memory, speed, rungs(recipe))
    return Plan(tuple(_timed(recipe, rung, speed) for rung in found.rungs))


def least_memory(recipe: DreamRecipe, sizes: Sizes, width: int) -> int:
    """The bytes with which it can just be dreamt, with numbers of `width` bytes in the network."""
    return planner.least_memory(recipe, content_in(sizes), width, rungs(recipe))


def advice(recipe: DreamRecipe, pictures: "Mapping[Role, Sequence[PictureFacts]]") -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    found = []
    width, height = pictures[Role.CONTENT][0].size
    if max(width, height) < recipe.image_size:
        found.append(
            f"The content picture is {width} × {height} px, smaller than the {recipe.image_size} px asked for: "
            "the dream makes up all fine detail."
        )
    if recipe.channels and pictures.get(Role.GUIDE):
        found.append("A guide decides what is dreamt of, so the channels do nothing: remove one of the two.")
    return found


def _timed(recipe: DreamRecipe, rung: RungPlan, speed: Speed | None) -> RungPlan:
    if speed is None:
        return rung
    backbone, pixels = BACKBONES[recipe.backbone], rung.size[0] * rung.size[1]
    part = _work(backbone, recipe.layers) / _work(backbone, backbone.style_layers + backbone.content_layers)
    before = part * pixels * speed.look
    step = speed.iteration + part * rung.overdraw * pixels * speed.paint
    return replace(rung, seconds=before + rung.iterations * step, seconds_before=before)


def _work(backbone: Backbone, layers: Sequence[str]) -> float:
    """The multiplications that a network does for each pixel of a picture, up to the deepest of `layers`."""
    found, stride, stages = 0.0, 1, backbone.stages_to(layers)
    for stage, numbers in zip(stages, weights(stages), strict=True):
        stride *= stage.stride
        found += numbers / stride**2
    return found
