"""Makings that consist of others."""

from transfer.pausing import map_pauses
from transfer.synthesis.made import Making, T


def part(making: Making[T], first: float, last: float) -> Making[T]:
    """A part of a longer making, which is `first` (0 to 1) done when it begins and `last` when it ends."""
    return map_pauses(making, lambda done: first + (last - first) * done)
