"""Work on a GPU that is recorded once, in a CUDA graph, and replayed from then on.

An iteration starts hundreds of kernels, and a host takes longer to start them than a GPU to run them; a recording
starts all at once. So the host can read nothing on the way. What it wants to know goes into rows, which it reads later.

None of this has run on CUDA yet, so it is off unless STYLESITE_CAPTURE is 1. What cannot be recorded runs as it is, and
the log says so.
"""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

logger = logging.getLogger(__name__)
VARIABLE = "STYLESITE_CAPTURE"
ON = ("1", "true", "yes", "on")


def is_wanted(device: torch.device) -> bool:
    """Whether work on a device is to be recorded."""
    return device.type == "cuda" and os.environ.get(VARIABLE, "").strip().lower() in ON


class Replayed:
    """A function of tensors, which runs as it is once, to warm up, and is recorded the second time, on CUDA."""

    def __init__(self, function: Callable[[], None], device: torch.device) -> None:
        self.function = function
        self.records = device.type == "cuda"
        self.is_warm = False
        self.graph: torch.cuda.CUDAGraph | None = None

    def __call__(self) -> None:
        """The same as to call the function."""
        if self.graph is None and self.records and self.is_warm:
            self._record()
        if self.graph is not None:
            self.graph.replay()
        elif self.records and not self.is_warm:
            self._warm_up()
        else:
            self.function()

    def _warm_up(self) -> None:
        """On a stream of its own, as torch asks for."""
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            self.function()
        torch.cuda.current_stream().wait_stream(side)
        self.is_warm = True

    def _record(self) -> None:
        graph = torch.cuda.CUDAGraph()
        try:
            with torch.cuda.graph(graph):
                self.function()
        except torch.OutOfMemoryError:
            raise
        except RuntimeError as error:
            logger.warning("An iteration cannot be recorded, and runs as it is: %s", str(error).partition("\n")[0])
            self.records = False
        else:
            self.graph = graph


@dataclass(frozen=True)
class Row:
    """A row of numbers on its way to the host."""

    values: Tensor
    arrived: torch.cuda.Event | None

    @classmethod
    def sent(cls, row: Tensor) -> Self:
        """Begins to copy a row (N), which may be overwritten by what the device does next."""
        if not row.is_cuda:
            return cls(row.clone(), None)
        values = torch.empty(row.shape, dtype=row.dtype, pin_memory=True)
        values.copy_(row, non_blocking=True)
        arrived = torch.cuda.Event()
        arrived.record()
        return cls(values, arrived)

    def read(self) -> list[float]:
        """The row, once it is there."""
        if self.arrived is not None:
            self.arrived.synchronize()
        found: list[float] = self.values.tolist()
        return found
