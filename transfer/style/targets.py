"""What a rung is painted towards, taken from content and styles tile by tile."""

from collections.abc import Generator
from dataclasses import dataclass

from torch import Tensor

from transfer.features.moments import Moments
from transfer.features.network import FeatureNetwork, Head
from transfer.features.registry import BACKBONES
from transfer.losses.content import ContentTarget
from transfer.losses.style import StyleTarget
from transfer.recipes.style import StyleRecipe
from transfer.room import room
from transfer.tiling.grid import Grid, Tile, grid
from transfer.tiling.tiles import Look, Seen, Statistics


@dataclass(frozen=True)
class Targets:
    """What content and styles ask for at each layer.

    `heads` come before features are compared. `kept` holds the content's features, whole, where there is room for them;
    otherwise `seen`, the content itself, is looked at anew, tile by tile.
    """

    content: dict[str, ContentTarget]
    style: dict[str, StyleTarget]
    heads: dict[str, Head]
    seen: Seen
    kept: "Kept | None"

    def content_features(self, network: FeatureNetwork, tile: Tile) -> dict[str, Tensor]:
        """The content's features (1, C, h, w) over a tile, by layer."""
        return Look(network, self.seen, tile).features if self.kept is None else self.kept.over(tile)


def targets(
    network: FeatureNetwork,
    recipe: StyleRecipe,
    content: Seen,
    styles: list[Seen],
    tile_pixels: int | None = None,
    keeps_content: bool = True,
) -> Generator[float, None, Targets]:
    """Looks at all pictures, in tiles of at most `tile_pixels`, pausing between tiles."""
    backbone = BACKBONES[recipe.backbone]
    field = backbone.field(recipe.layers)
    heads = {layer: head.compact() for layer, head in network.heads.items() if isinstance(head, Head)}

    def cut(seen: Seen) -> Grid:
        return grid(seen.size, field.stride, field.sight, tile_pixels)

    def through_heads(found: Statistics) -> dict[str, list[Moments | None]]:
        return {layer: _through(heads.get(layer), found.moments(layer)) for layer in recipe.layers_for_style}

    wanted = []
    for style in styles:
        found = Statistics(backbone, recipe.layers_for_style)
        for number, tile in enumerate(cut(style).tiles):
            if number:
                yield 0.0
            found.add(Look(network, style, tile))
        wanted.append(through_heads(found))
    whole, regions = (
        Statistics(backbone, recipe.layers_for_content, False),
        Statistics(backbone, recipe.layers_for_style),
    )
    kept = Kept(content.size, whole.strides) if keeps_content else None
    for number, tile in enumerate(cut(content).tiles):
        if number:
            yield 0.0
        _take_in(Look(network, content, tile), whole, regions, kept)
    start, areas = through_heads(regions), content.areas
    return Targets(
        content={layer: _content_target(whole, layer, heads.get(layer)) for layer in recipe.layers_for_content},
        style={
            layer: StyleTarget(recipe, start[layer], [each[layer] for each in wanted], areas)
            for layer in recipe.layers_for_style
        },
        heads=heads,
        seen=content,
        kept=kept,
    )


class Kept:
    """Whole feature maps of a picture of `size` (width, height), put together from the cores of its tiles."""

    def __init__(self, size: tuple[int, int], strides: dict[str, int]) -> None:
        self.size, self.strides = size, strides
        self.maps: dict[str, Tensor] = {}

    def add(self, look: Look) -> None:
        """Takes the core of a tile in."""
        for layer, stride in self.strides.items():
            features = look.features[layer]
            if layer not in self.maps:
                shape = (1, features.shape[1], self.size[1] // stride, self.size[0] // stride)
                _, channels, height, width = shape
                self.maps[layer] = room((1, height, width, channels), features).permute(0, 3, 1, 2)
            self.maps[layer][(..., *look.tile.core(stride))] = features[(..., *look.tile.inner(stride))]

    def over(self, tile: Tile) -> dict[str, Tensor]:
        """The features over a tile with its margin, by layer."""
        return {layer: found[(..., *tile.whole(self.strides[layer]))] for layer, found in self.maps.items()}


def _take_in(look: Look, *into: "Statistics | Kept | None") -> None:
    for each in into:
        if each is not None:
            each.add(look)


def _through(head: Head | None, found: list[Moments | None]) -> list[Moments | None]:
    return found if head is None else [each and each.through(head) for each in found]


def _content_target(found: Statistics, layer: str, head: Head | None) -> ContentTarget:
    (start,) = found.moments(layer)
    if start is None:
        raise ValueError(f"the content picture has no place at {layer}")
    return ContentTarget(start, round(found.weights(layer)[0]), head)
