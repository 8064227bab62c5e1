"""Valleys: what running water takes away, by the implicit stream power law (Braun and Willett 2013)."""

import numpy

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.land.drainage import Drainage, Whole

FALL = numpy.float32(0.02)  # metres a cell at least, so that water always runs


def carved(
    height: Field, drainage: Drainage, areas: Whole, strength: float, uplift: Field | None, steepest: float
) -> Field:
    """One sweep from the coast inland: the new height (H, W) in metres.

    h = (h + uplift + F r) / (1 + F), where r is the new height of the receiver, F = strength * sqrt(area) / distance,
    and areas (N,) are in cells: so a strength means the same on every grid. No step rises by more than `steepest`
    metres a cell, and none by less than FALL: hollows are filled to their pass.
    """
    flat = height.ravel()
    new = numpy.zeros(len(drainage.places), numpy.float32)
    old = flat[drainage.places]
    if uplift is not None:
        old = old + uplift.ravel()[drainage.places]
    force = numpy.float32(strength) * numpy.sqrt(areas.astype(numpy.float32)) / drainage.distances
    lower, part = numpy.float32(1) / (1 + force), drainage.distances * numpy.float32(steepest)
    base = numpy.maximum(flat[drainage.mouths[1 : drainage.starts[2]]], numpy.float32(0))
    for level in drainage.levels():
        below = new[drainage.receivers[level]] if level.start > 1 else base
        reached = below + (old[level] - below) * lower[level]
        numpy.minimum(reached, below + part[level], out=reached)
        new[level] = numpy.maximum(reached, below + FALL)
    found = flat.copy()
    found[drainage.places[1:]] = new[1:]
    return found.reshape(height.shape)
