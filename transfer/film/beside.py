"""Reading and writing beside painting: each in a thread of its own, one frame ahead or behind."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items; each is made while the caller is busy with the one before it."""
    with ThreadPoolExecutor(1) as thread:
        ends = object()
        pending = thread.submit(next, items, ends)  # type: ignore[arg-type]
        while (item := pending.result()) is not ends:
            pending = thread.submit(next, items, ends)  # type: ignore[arg-type]
            yield item  # type: ignore[misc]


class Behind:
    """Does one thing after the other in a thread, at most one at a time; raises what the last one raised.

    It is a context manager, at whose end all is done.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()
        if error is None:
            self._wait()

    def do(self, act: Callable[[], None]) -> None:
        """Does it soon: once what was asked for before is done."""
        self._wait()
        self._last = self._thread.submit(act)

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()
