"""What a rung is painted towards, taken from content and styles, or from styles alone, tile by tile."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Self

from torch import Tensor

from transfer.features.moments import Moments, blended
from transfer.features.network import FeatureNetwork, Head
from transfer.features.registry import BACKBONES, Backbone
from transfer.losses.content import ContentTarget
from transfer.losses.fine import Fine
from transfer.losses.style import StyleTarget
from transfer.recipes.strength import texture_part
from transfer.recipes.style import StyleRecipe
from transfer.recipes.styled import StyledRecipe
from transfer.style.textures import Textures, textures
from transfer.tiling.grid import Grid, Tile, grid
from transfer.tiling.kept import KeptFeatures
from transfer.tiling.tiles import GuidedImage, Statistics, View
from transfer.tiling.wrap import NOWHERE, Wrap


@dataclass(frozen=True)
class Targets:
    """What content and styles ask for at each layer.

    `textures` are what windows are compared with, `fine` what neighbours are, `heads` come before features are. `kept`
    holds the content's features, whole, where there is room for them; otherwise the content picture itself is viewed
    again, tile by tile.
    """

    content: dict[str, ContentTarget]
    style: dict[str, StyleTarget]
    textures: Textures
    fine: Fine
    heads: dict[str, Head]
    picture: GuidedImage
    kept: KeptFeatures | None

    def content_features(self, network: FeatureNetwork, tile: Tile) -> dict[str, Tensor]:
        """The content's features (1, C, h, w) over a tile with its margin, by layer."""
        return View(network, self.picture, tile).features if self.kept is None else self.kept.over(tile)


@dataclass(frozen=True)
class Wanted:
    """What styles ask for: the moments of each at each layer, region by region, behind the `heads`; the textures.

    `whole` has what each style's features are at further layers, before heads and without regions.
    """

    moments: list[dict[str, list[Moments | None]]]
    whole: list[Statistics]
    textures: Textures
    heads: dict[str, Head]


@dataclass(frozen=True)
class Seen:
    """A style's features before heads: their statistics in each region at style layers, and in the whole at others."""

    regions: Statistics
    whole: Statistics

    @classmethod
    def of(
        cls,
        network: FeatureNetwork,
        backbone: Backbone,
        style: GuidedImage,
        cut: Grid,
        layers: Sequence[str],
        further: Sequence[str],
        apart: int = 1,
    ) -> Generator[float, None, Self]:
        """Those of a style (1, 3, h, w) at `layers`, and at `further` ones, with a pause, of 0, between its tiles.

        For `apart` see `Statistics`.
        """
        found = cls(Statistics(backbone, layers, apart=apart), Statistics(backbone, further, False, apart))
        yield from _viewed(network, style, cut, found.regions, found.whole)
        return found


def wanted(
    network: FeatureNetwork,
    recipe: StyledRecipe,
    styles: Sequence[GuidedImage],
    tile_pixels: int | None = None,
    further: Sequence[str] = (),
    seen: Sequence[Seen] | None = None,
) -> Generator[float, None, Wanted]:
    """Views each style (1, 3, h, w) for its moments, also at `further` layers, then for its textures.

    Those that were `seen` before are viewed for their textures alone. In tiles of at most `tile_pixels`, with a pause,
    of 0, between them. Raises ValueError where a tile would be nothing but margin.
    """
    backbone = BACKBONES[recipe.backbone]
    heads = {layer: head.compact() for layer, head in network.heads.items() if isinstance(head, Head)}
    cuts = [_cut(recipe, style, tile_pixels, further) for style in styles]
    if seen is None:
        seen = list[Seen]()
        for style, cut in zip(styles, cuts, strict=True):
            seen.append((yield from Seen.of(network, backbone, style, cut, recipe.layers_for_style, further)))
    found = yield from textures(
        network,
        recipe,
        styles,
        [tiles.tiles for tiles in cuts],
        [{layer: each.regions.moments(layer) for layer in recipe.layers_for_texture} for each in seen],
        heads,
    )
    through = [_through_heads(heads, recipe, each.regions) for each in seen]
    return Wanted(through, [each.whole for each in seen], found, heads)


def _cut(
    recipe: StyledRecipe,
    picture: GuidedImage,
    tile_pixels: int | None,
    further: Sequence[str] = (),
    wrap: Wrap = NOWHERE,
) -> Grid:
    """The tiles in which features are exact at the recipe's style layers, and at `further` ones."""
    field = BACKBONES[recipe.backbone].field((*recipe.layers_for_style, *further))
    return grid(picture.size, field.stride, field.feature_margin, tile_pixels, wrap)


def _through_heads(heads: dict[str, Head], recipe: StyledRecipe, found: Statistics) -> dict[str, list[Moments | None]]:
    """The moments of each region at the recipe's style layers, behind their heads."""
    return {layer: _through(heads.get(layer), found.moments(layer)) for layer in recipe.layers_for_style}


def targets(
    network: FeatureNetwork,
    recipe: StyleRecipe,
    content: GuidedImage,
    styles: Sequence[GuidedImage],
    tile_pixels: int | None = None,
    keeps_content: bool = True,
    known: Wanted | None = None,
) -> Generator[float, None, Targets]:
    """Views the content (1, 3, H, W) and each style (1, 3, h, w), all of the same regions, once.

    Where it is `known` what these styles ask for at the layers of the recipe, only the content is viewed.
    They are viewed in tiles of at most `tile_pixels`, with a pause, of 0, between tiles. Raises ValueError where a
    tile would be nothing but margin, or the content has no place at a layer.
    """
    backbone = BACKBONES[recipe.backbone]
    asked = known or (yield from wanted(network, recipe, styles, tile_pixels, recipe.layers_for_content))
    whole, regions = (
        Statistics(backbone, recipe.layers_for_content, False),
        Statistics(backbone, recipe.layers_for_style),
    )
    kept = KeptFeatures(content.size, whole.strides) if keeps_content else None
    wrap = Wrap.named(recipe.wrap)
    tiles = _cut(recipe, content, tile_pixels, recipe.layers_for_content, wrap)
    yield from _viewed(network, content, tiles, whole, regions, kept)
    start, areas = _through_heads(asked.heads, recipe, regions), content.areas
    blend = recipe.style_blend_weights or (1.0,) * len(styles)
    return Targets(
        content={
            layer: _content_target(
                whole, layer, asked.heads.get(layer), blended([each.moments(layer)[0] for each in asked.whole], blend)
            )
            for layer in recipe.layers_for_content
        },
        style={
            layer: StyleTarget(recipe.style_loss, start[layer], [each[layer] for each in asked.moments], blend, areas)
            for layer in recipe.layers_for_style
        },
        textures=asked.textures,
        fine=Fine.between(content.image, [style.image for style in styles], blend, texture_part(recipe.strength), wrap),
        heads=asked.heads,
        picture=content,
        kept=kept,
    )


def _viewed(
    network: FeatureNetwork, picture: GuidedImage, cut: Grid, *into: Statistics | KeptFeatures | None
) -> Generator[float, None, None]:
    """Views a picture tile by tile, for all that takes it in, with a pause between tiles."""
    for number, tile in enumerate(cut.tiles):
        if number:
            yield 0.0
        _take_in(View(network, picture, tile), *into)


def _take_in(view: View, *into: Statistics | KeptFeatures | None) -> None:
    for each in into:
        if each is not None:
            each.add(view)


def _through(head: Head | None, found: list[Moments | None]) -> list[Moments | None]:
    return found if head is None else [each and each.through(head) for each in found]


def _content_target(found: Statistics, layer: str, head: Head | None, style: Moments | None) -> ContentTarget:
    (start,) = found.moments(layer)
    if start is None:
        raise ValueError(f"the content picture has no place at {layer}")
    return ContentTarget(start, round(found.weights(layer)[0]), head, style)
