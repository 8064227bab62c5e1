"""One pass over a picture: its features are moved to those of the styles, and decoded."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.moments import Moments
from transfer.features.network import FeatureNetwork, Head
from transfer.instant.decoder import Decoder, Folded, entered, folded
from transfer.instant.metric import BACKBONE, LAYERS
from transfer.instant.wanted import Wanted
from transfer.tiling.grid import Tile, grid
from transfer.tiling.tiles import GuidedImage, Statistics, View

DECODING = 3  # times what it costs to view a pixel


@dataclass(frozen=True)
class Pass:
    """The pass towards `wanted`, through `network` and `decoder`, which share their device and number format.

    For `apart` see `transfer.tiling.tiles.Statistics`.
    """

    network: FeatureNetwork
    decoder: Decoder
    metric: Mapping[str, Head]
    wanted: Wanted
    moved: float = 1.0
    apart: int = 1

    @torch.no_grad()
    def through(
        self, picture: GuidedImage, into: Tensor, tile_pixels: int | None = None
    ) -> Generator[float, None, None]:
        """Writes what becomes of `picture` over `into`, (1, 3, H, W) in [0, 1].

        In tiles of at most `tile_pixels`, the moments come from a first pass over them, and each is decoded in a
        second; pauses between tiles with the share of the work that is done.
        """
        field = BACKBONE.field(LAYERS)
        tiles = grid(picture.size, field.stride, self.decoder.margin, tile_pixels).tiles
        viewed = grid(picture.size, field.stride, field.feature_margin, tile_pixels).tiles
        whole = sum(tile.pixels for tile in viewed) + (1 + DECODING) * sum(tile.pixels for tile in tiles)
        statistics, done = Statistics(BACKBONE, LAYERS, apart=self.apart), 0
        only = View(self.network, picture, tiles[0]) if len(tiles) == 1 else None
        for tile in viewed if only is None else tiles:
            statistics.add(only or View(self.network, picture, tile))
            if only is None:
                done += tile.pixels
                yield done / whole
        entries = self.entries({layer: statistics.moments(layer) for layer in LAYERS})
        for tile in tiles:
            self._decode(only or View(self.network, picture, tile), entries, into)
            if tile is not tiles[-1]:
                done += (1 + DECODING) * tile.pixels
                yield done / whole

    def entries(self, found: Mapping[str, Sequence[Moments | None]]) -> Folded:
        """The decoder's entries for a picture whose regions have these moments before the metric."""
        maps = {}
        for layer in LAYERS:
            head = self.metric[layer]
            maps[layer] = [
                end.way_from(each.double().through(head) if each else end.moments, self.moved).after(head)
                for each, end in zip(found[layer], self.wanted[layer], strict=True)
            ]
        return folded(self.decoder, maps)

    @torch.no_grad()
    def decoded(self, picture: GuidedImage, entries: Folded, into: Tensor, tile_pixels: int | None = None) -> None:
        """Writes over `into` what entries make of `picture` that were found before: the second half of `through`."""
        field = BACKBONE.field(LAYERS)
        for tile in grid(picture.size, field.stride, self.decoder.margin, tile_pixels).tiles:
            self._decode(View(self.network, picture, tile), entries, into)

    def _decode(self, view: View, entries: Folded, into: Tensor) -> None:
        found = {layer: view.shares(BACKBONE.stride(layer)) for layer in LAYERS}
        shares = {layer: () if each is None else tuple(each) for layer, each in found.items()}
        image = self.decoder(entered(view.features, entries, shares))
        tile: Tile = view.tile
        into[(..., *tile.core())] = image[(..., *tile.inner())].clamp_(0, 1)
