"""The windows in which texture is compared, and the cells that they consist of. Free of torch."""

WINDOW = 32  # px
# Chosen: the side of a cell by the long side of the picture, both in px. A window begins at each cell: smaller ones
# leave no steps, which would show in a flat picture; larger ones take less room.
CELLS = ((256, 4), (1024, 8))
LARGE_CELL = 16


def cell_of(long_side: int) -> int:
    """The side of a cell in a picture of this size."""
    return next((cell for side, cell in CELLS if long_side <= side), LARGE_CELL)
