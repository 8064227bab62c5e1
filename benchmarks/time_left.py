"""The time left as a render tells it at the end of each rung, and the time that it then takes."""

import time
from collections.abc import Iterator

from benchmarks.drawings import brush, village
from transfer.devices import describe, resolve
from transfer.engine.ladder import Rung
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.inputs import Role
from transfer.instant.render import render
from transfer.planning.time_left import foreseen
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.calibration import speed
from transfer.style.inputs import StyleInputs
from transfer.style.planner import plan

SIZES = (512, 1024)


def measured() -> Iterator[dict[str, object]]:
    """The project's own drawings with the default recipe; measures the device's speed first, if it is unknown."""
    keep_freed_memory()
    for size in SIZES:
        ends = _ends(StyleRecipe(image_size=size))
        _, finished, _ = ends[-1]
        for rung, now, told in ends[:-1]:
            taken = finished - now
            yield {
                "size": f"{size} px",
                "after the rung of": f"{rung.long_side} px",
                "told s": told,
                "took s": taken,
                "ratio": told / taken,
            }


def _ends(recipe: StyleRecipe) -> list[tuple[Rung, float, float]]:
    """For each rung: when it ended, and the seconds left as told then."""
    device = resolve()
    speed(recipe.backbone, device)
    network = network_for(recipe, device)
    content, style = village(), brush()
    inputs, width = StyleInputs(content, (style,)), network.dtype.itemsize
    sizes = {Role.CONTENT: [content.size], Role.STYLE: [style.size]}
    time_left = foreseen(lambda speed: plan(recipe, sizes, width, None, speed), recipe.network, describe(device))
    found = []
    for step in render(inputs, recipe, network):
        if isinstance(step, Step):
            now = time.monotonic()
            time_left.note(step.rung, step.iteration, now)
            if step.ends_rung:
                found.append((step.rung, now, time_left.seconds or 0.0))
    return found
