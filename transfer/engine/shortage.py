"""What becomes of a render whose memory runs out: smaller tiles, then the CPU, then a sentence."""

import math
from dataclasses import replace

import torch

from transfer.engine.goal import Goal
from transfer.engine.ladder import Rung
from transfer.engine.layout import Layout
from transfer.errors import RenderError


class Shortage:
    """Lays out a render's rungs in `memory` bytes, and more tightly once that has run out."""

    def __init__(self, goal: Goal, memory: int | None) -> None:
        self.goal, self.memory = goal, memory
        self.most_pixels: int | None = None  # of a tile, where memory ran out

    def layout(self, rung: Rung) -> Layout:
        """How a rung fits in; raises PlanError where it does not."""
        planned = self.goal.layout(rung, self.memory)
        if self.most_pixels is None:
            return planned
        return replace(planned, tile_pixels=min(self.most_pixels, planned.tile_pixels))

    def make_room(self, rung: Rung, error: Exception) -> str:
        """Halves the tiles; where they are smallest already, moves to the CPU. Gives a note of it, in a sentence.

        Raises RenderError, caused by `error`, where nothing is left to be done.
        """
        before, smallest = self.layout(rung).tile_pixels, self.goal.smallest_tile
        self.most_pixels = max(smallest, min(before, math.prod(self.goal.size(rung))) // 2)
        if self.most_pixels < before:
            return f"Memory ran out at {rung.long_side} px: painted in smaller tiles from there."
        device = self.goal.device
        if device.type == "cpu":
            raise RenderError(f"There is not enough memory for {rung.long_side} px: choose a smaller size.") from error
        self.most_pixels = None
        self.goal.to_cpu()
        return f"The memory of {device} ran out at {rung.long_side} px: painted on the CPU from there."


def ran_out_of_memory(error: Exception) -> bool:
    """Whether that is what happened; torch has no error of its own for the CPU's memory."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "allocate memory" in str(error)
