"""A kind of work that only tests know: a picture becomes a mosaic. It is all that a kind consists of, in one file.

Workers and the command line import it too, where STYLESITE_KINDS names it.
"""

import os
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from transfer.engine.ladder import Rung, fit, rungs
from transfer.inputs import Inputs, Role
from transfer.kinds import Kind, Takes
from transfer.planning.planner import Plan, RungPlan, Speed
from transfer.recipes.base import REPORTING, Recipe, group

Size = tuple[int, int]
MIB = 2**20
PAINTED = Path(os.environ.get("STYLESITE_DATA", ".")) / "mosaic.log"  # a line for every iteration with a pause


class MosaicRecipe(Recipe):
    """How a picture becomes a mosaic."""

    kind: ClassVar[str] = "mosaic"
    version: ClassVar[int] = 2
    renamed: ClassVar[Mapping[str, str]] = {"tiles": "stones"}

    stones: int = Field(8, ge=2, le=64, title="Stones", description="Stones along each side.")
    grout: Literal["none", "dark"] = Field("none", title="Grout", description="What is between the stones.")
    pause: float = Field(0.0, ge=0, le=1, title="Pause", description="Seconds that each iteration waits.")
    num_iterations: int = Field(20, ge=1, le=500, title="Iterations", description="On the lowest rung.")
    learning_rate: ClassVar[float] = 0.05
    optimizer: ClassVar[Literal["adam"]] = "adam"
    early_stopping: ClassVar[float] = 0.0
    print_iter: int = Field(0, ge=0, le=100, title="Print", description="None.", json_schema_extra=group(REPORTING))
    save_iter: ClassVar[int] = 0


def size(recipe: MosaicRecipe, sizes: Mapping[Role, Sequence[Size]]) -> Size:
    return fit(sizes[Role.CONTENT][0], recipe.image_size)


def plan(
    recipe: MosaicRecipe, sizes: Mapping[Role, Sequence[Size]], width: int, memory: int | None, speed: Speed | None
) -> Plan:
    return Plan(
        tuple(
            RungPlan(
                size=fit(sizes[Role.CONTENT][0], rung.long_side),
                iterations=rung.iterations,
                tiles=1,
                overdraw=1.0,
                memory=500 * MIB,
                seconds=rung.iterations * (0.01 + recipe.pause),
                seconds_before=0.0,
            )
            for rung in rungs(recipe)
        )
    )


def least_memory(recipe: MosaicRecipe, sizes: Mapping[Role, Sequence[Size]], width: int) -> int:
    return 500 * MIB


def advice(recipe: MosaicRecipe, pictures: Mapping[Role, Sequence[object]]) -> list[str]:
    return ["Stones of one pixel are no mosaic."] if recipe.stones == 64 else []


def painter(inputs: Inputs, recipe: MosaicRecipe, device: Any, weights: object = None) -> Any:
    """Imports torch, so it must be a function."""
    import torch
    from torch.nn import functional

    from transfer.engine.goal import Goal
    from transfer.engine.layout import Layout
    from transfer.engine.objective import Losses
    from transfer.engine.painter import GoalPainter
    from transfer.images import scaled

    content = inputs.of(Role.CONTENT)[0]

    class Stones:
        """The mean squared distance to the content's mean colours."""

        def __init__(self, target: torch.Tensor) -> None:
            self.target = target

        def gradient(self, image: torch.Tensor, into: torch.Tensor) -> Generator[float, None, Losses]:
            if recipe.pause:
                time.sleep(recipe.pause)
                with PAINTED.open("a") as file:
                    print("one more iteration", file=file)
            difference = image - self.target
            into.copy_(2 * difference / difference.numel())
            yield 0.5
            return Losses({"stones": float(difference.square().mean())})

    class MosaicGoal(Goal):
        smallest_tile = 1

        def identity(self) -> list[object]:
            return ["mosaic", recipe.stones, recipe.grout, content.tobytes().hex()]

        def size(self, rung: Rung) -> Size:
            return fit(content.size, rung.long_side)

        def layout(self, rung: Rung, memory: int | None) -> Layout:
            return Layout(tile_pixels=10**9, keeps_features=False, corrections=1)

        def start(self, rung: Rung, below: torch.Tensor | None) -> torch.Tensor:
            width, height = self.size(rung)
            if below is None:
                return torch.full((1, 3, height, width), 0.5)
            return functional.interpolate(below, (height, width))

        def objective(self, rung: Rung, layout: Layout, anchors: Sequence[Any]) -> Iterator[float]:
            yield 0.0
            width, height = self.size(rung)
            stones = functional.adaptive_avg_pool2d(scaled(content, (width, height)), recipe.stones)
            return Stones(functional.interpolate(stones, (height, width)))

        def to_cpu(self) -> None:
            raise AssertionError("it is there already")

    return GoalPainter(MosaicGoal(recipe, torch.device("cpu")), weights_sha256="", width=4)


MOSAIC = Kind(
    title="Mosaic",
    recipe=MosaicRecipe,
    takes=(Takes(Role.CONTENT, 1, 1, "Motif", "The picture that is laid in stone", use="Lay it in stone"),),
    makes="{content} in stone",
    painter=f"{__name__}:painter",
    planner=__name__,
)
