"""A picture in tiles: how it is cut, what a network finds in each tile, and what belongs to which region."""
