"""Makings that consist of others."""

from transfer.synthesis.made import Making, T


def part(making: Making[T], first: float, last: float) -> Making[T]:
    """A part of a longer making, which is `first` (0 to 1) done when it begins and `last` when it ends."""
    while True:
        try:
            yield first + (last - first) * next(making)
        except StopIteration as ended:
            found: T = ended.value
            return found
