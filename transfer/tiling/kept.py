"""Features that are kept, so that a picture need not be viewed again."""

from torch import Tensor

from transfer.room import room
from transfer.tiling.around import part_of
from transfer.tiling.grid import Tile
from transfer.tiling.tiles import View


class KeptFeatures:
    """Whole feature maps of a picture of `size` (width, height), put together from the cores of its tiles.

    `strides` has that of each layer that is kept: pixels between two of its places.
    """

    def __init__(self, size: tuple[int, int], strides: dict[str, int]) -> None:
        self.size, self.strides = size, strides
        self.maps: dict[str, Tensor] = {}

    def add(self, view: View) -> None:
        """Takes the core of a tile in."""
        for layer, stride in self.strides.items():
            features = view.features[layer]
            if layer not in self.maps:
                shape = (1, self.size[1] // stride, self.size[0] // stride, features.shape[1])
                self.maps[layer] = room(shape, features).permute(0, 3, 1, 2)
            self.maps[layer][(..., *view.tile.core(stride))] = features[(..., *view.tile.inner(stride))]

    def over(self, tile: Tile) -> dict[str, Tensor]:
        """The features (1, C, h, w) over a tile with its margin, by layer."""
        return {layer: part_of(found, *tile.whole(self.strides[layer])) for layer, found in self.maps.items()}
