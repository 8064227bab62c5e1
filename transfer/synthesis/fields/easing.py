"""Smooth steps from one value to another."""

import numpy

from transfer.synthesis.fields.noise import Field


def eased(values: Field, first: float, last: float) -> Field:
    """0 up to `first`, 1 from `last` on, and a smooth step between; falls where `last` is the smaller one."""
    return ease((values - numpy.float32(first)) * numpy.float32(1 / (last - first)))


def ease(share: Field) -> Field:
    """From 0 at 0 to 1 at 1, level at both ends."""
    share = numpy.clip(share, 0, 1)
    return numpy.asarray(share * share * (3 - 2 * share), dtype=numpy.float32)
