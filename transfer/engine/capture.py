"""Work on a GPU that is recorded once, in a CUDA graph, and replayed from then on.

An iteration starts hundreds of kernels, and a host takes longer to start them than a GPU to run them; a recording
starts all at once. So the host can read nothing on the way. What it wants to know goes into rows, which it reads later.

What cannot be recorded runs as it is, and the log says so. STYLESITE_CAPTURE=0 has all of it run as it is, to the same
picture.
"""

import logging
import os
from collections.abc import Callable

import torch
from torch import Tensor

from transfer import devices

logger = logging.getLogger(__name__)
VARIABLE = "STYLESITE_CAPTURE"
OFF = ("0", "false", "no", "off")


def is_wanted(device: torch.device) -> bool:
    """Whether work on a device is to be recorded."""
    return devices.is_cuda(device) and os.environ.get(VARIABLE, "").strip().lower() not in OFF


class Replayed:
    """A function of tensors, which runs as it is once, to warm up, and is recorded the second time, where wanted."""

    def __init__(self, function: Callable[[], None], device: torch.device) -> None:
        self.function = function
        self.records = is_wanted(device)
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


class Row:
    """A row of numbers on its way to the host, in memory that is used again."""

    def __init__(self, like: Tensor) -> None:
        self._values = torch.empty(like.shape, dtype=like.dtype, pin_memory=like.is_cuda)
        self._arrived = torch.cuda.Event() if like.is_cuda else None

    def send(self, row: Tensor) -> None:
        """Begins to copy a row (N), which may be overwritten by what the device does next."""
        self._values.copy_(row, non_blocking=True)
        if self._arrived is not None:
            self._arrived.record()

    def read(self) -> list[float]:
        """The row, once it is there."""
        if self._arrived is not None:
            self._arrived.synchronize()
        found: list[float] = self._values.tolist()
        return found
