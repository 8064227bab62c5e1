"""Random numbers by seed: the same on every machine and in every version of Python."""

from random import Random


def chance(seed: int) -> Random:
    """A generator of random numbers for pictures; no secret may come of it."""
    return Random(seed)  # noqa: S311
