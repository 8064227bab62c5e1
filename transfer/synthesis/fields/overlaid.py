"""Marks that lie over each other, put down many at once and yet as if one after another.

What a mark leaves on a pixel is worked out for many marks together, where it does not depend on what is there. Then
each pixel takes what lies on it in turns, in the order of the marks.
"""

from collections.abc import Iterator

import numpy
from numpy.typing import NDArray

Whole = NDArray[numpy.int64]
COUNT = 24  # bits for the number of a mark's pixel


def turns(places: Whole) -> Iterator[Whole]:
    """The numbers of `places` (N,), at most 16 million, in groups within which no place occurs twice.

    Of equal places, the first one's number is in the first group, and so on: whoever goes by the groups goes by the
    order of the places on each.
    """
    keys = (places << COUNT) | numpy.arange(len(places))
    keys.sort()
    number, place = keys & ((1 << COUNT) - 1), keys >> COUNT
    left = numpy.arange(len(keys))
    while len(left):
        here = place[left]
        is_first = numpy.ones(len(left), numpy.bool_)
        numpy.not_equal(here[1:], here[:-1], out=is_first[1:])
        yield number[left[is_first]]
        left = left[~is_first]


def boxes(left: Whole, top: Whole, columns: Whole, rows: Whole) -> tuple[NDArray[numpy.int32], NDArray[numpy.int32]]:
    """The column and the row of each pixel of each box, one box after another."""
    count = columns * rows
    within = numpy.arange(int(count.sum()), dtype=numpy.int32)
    within -= numpy.repeat((numpy.cumsum(count) - count).astype(numpy.int32), count)
    wide = numpy.repeat(columns.astype(numpy.int32), count)
    row = within // wide
    column = within - row * wide
    column += numpy.repeat(left.astype(numpy.int32), count)
    row += numpy.repeat(top.astype(numpy.int32), count)
    return column, row
