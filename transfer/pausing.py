"""Work that pauses: generators that yield where a caller may look up, and return what they come to. Free of torch."""

from collections.abc import Callable, Generator
from typing import TypeVar

Said = TypeVar("Said")  # at a pause
Told = TypeVar("Told")
Result = TypeVar("Result")


def finish(work: Generator[object, None, Result]) -> Result:
    """Goes through all pauses of a piece of work, and gives what it comes to."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result


def map_pauses(work: Generator[Said, None, Result], tell: Callable[[Said], Told]) -> Generator[Told, None, Result]:
    """The same work, which yields at each of its pauses what `tell` makes of what it says there."""
    while True:
        try:
            said = next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
        yield tell(said)


def saying(work: Generator[object, None, Result], told: Told) -> Generator[Told, None, Result]:
    """The same work, which yields `told` at each of its pauses."""
    return map_pauses(work, lambda _: told)
