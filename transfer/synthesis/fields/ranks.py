"""Heights as whole numbers, of which no two are equal: so that no processor orders them otherwise."""

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import Field

FINENESS = 1024  # steps a unit
PLACES = 27  # bits for the place of a value: more than 8192 x 8192 px


def ordered(values: Field) -> NDArray[numpy.int64]:
    """The places of the values (N,) from the lowest to the highest; of equal ones, the first comes first."""
    steps = numpy.floor(values.astype(numpy.float64) * FINENESS).astype(numpy.int64)
    keys = (steps << PLACES) | numpy.arange(len(values), dtype=numpy.int64)
    keys.sort()
    return keys & ((1 << PLACES) - 1)


def ranks(values: Field) -> NDArray[numpy.int64]:
    """The rank of each value (N,), from 0 for the lowest; no two are equal."""
    order = ordered(values)
    found = numpy.empty(len(values), numpy.int64)
    found[order] = numpy.arange(len(values))
    return found


def level(values: Field, share: float) -> float:
    """The value that a `share` (0 to 1) of the values lies above."""
    flat = values.ravel()
    order = ordered(flat)
    place = min(max(round((1 - share) * len(flat)), 0), len(flat) - 1)
    return float(flat[order[place]])
