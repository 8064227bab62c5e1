"""Pictures that are prepared in a thread, while a GPU paints: to resize them takes a host longer than a GPU a rung."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from transfer.engine.ladder import Rung
from transfer.tiling.tiles import GuidedImage


@dataclass(frozen=True)
class Pictures:
    """A content and styles at the sizes of a rung, in bytes, in the memory of the host."""

    content: GuidedImage
    styles: list[GuidedImage]


class Ahead:
    """Those of `rung`, as `prepare` makes them, from now on."""

    def __init__(self, rung: Rung, prepare: Callable[[Rung], Pictures]) -> None:
        self.rung = rung
        self._thread = ThreadPoolExecutor(1)
        self._found = self._thread.submit(prepare, rung)
        self._thread.shutdown(wait=False)

    def pictures(self) -> Pictures:
        """Them, once they are there; raises what `prepare` has raised."""
        return self._found.result()
