"""A render of content and styles through a network that is loaded already, whatever it starts from."""

from collections.abc import Iterator

from transfer.engine import render as engine
from transfer.engine.canvas import Canvas
from transfer.engine.checkpoint import State
from transfer.engine.step import Step, Tick
from transfer.features.network import FeatureNetwork
from transfer.instant.beginning import goal_of
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


def render(
    inputs: StyleInputs,
    recipe: StyleRecipe,
    network: FeatureNetwork,
    memory: int | None = None,
    resume: State | None = None,
) -> Iterator[Step[Canvas] | Tick]:
    """Paints `inputs.content` in the manner of `inputs.styles`, on the device where `network` is.

    The last step's image has a long side of `recipe.image_size`. Raises PictureError and MaskError when the inputs are
    not those that the recipe asks for, and WeightsError where it starts from an instant picture whose networks cannot
    be had; for the rest see `transfer.engine.render`.
    """
    yield from engine.render(goal_of(inputs, recipe, network), memory, resume)
