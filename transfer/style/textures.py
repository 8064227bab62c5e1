"""What the texture of styles is, window by window, for the local term of an objective."""

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.moments import Moments, blended
from transfer.features.network import FeatureNetwork, Head
from transfer.features.registry import BACKBONES, Backbone
from transfer.images import as_floats
from transfer.losses.strokes import STRIDE, Band, StrokesTerm
from transfer.losses.term import Term
from transfer.losses.texture import LEVELS, Axes, Bounds, Spread, TextureTarget, TextureTerm
from transfer.recipes.styled import StyledRecipe
from transfer.tiling.cells import Cells, Windows, in_middles
from transfer.tiling.grid import Tile
from transfer.tiling.tiles import GuidedImage, View
from transfer.tiling.windows import WINDOW
from transfer.tiling.wrap import NOWHERE, Wrap

CELL = 8  # px between two of a style's windows
SPAN = WINDOW // CELL
NEAREST = 32  # chosen: windows that a colour is compared with
QUANTILE, QUANTILE_OF_STROKES = 8, 13  # chosen: which of these, in order, is the least
MOST_WINDOWS = 2048  # chosen: of a style; of a larger one, so many at equal distances
INSIDE = 0.5  # of a window that lies in a region at least


STROKES = "strokes"  # beside the names of layers


@dataclass(frozen=True)
class Textures:
    """What styles have in their windows: at each layer where that is compared, and in light and dark."""

    layers: dict[str, TextureTarget]
    strokes: Bounds | None

    def terms(
        self,
        weight: float,
        backbone: Backbone,
        size: tuple[int, int],
        guide: Tensor | None = None,
        is_bounded: bool = False,
        wrap: Wrap = NOWHERE,
    ) -> Iterator[Term]:
        """What holds a picture of this (width, height) to it, light and dark as much as a layer; see `TextureTerm`."""
        strides = {layer: backbone.stride(layer) for layer in self.layers}
        share = weight / max(1, len(self.layers))
        yield TextureTerm(dict.fromkeys(self.layers, share), self.layers, strides, size, guide, is_bounded, wrap)
        if self.strokes is not None:
            yield StrokesTerm(share, self.strokes, size, guide, is_bounded, wrap)


@dataclass(frozen=True)
class _Windows:
    """A style's windows: mean colours (N, 3), shares of the regions (L, N), and deviations (N, D) by name."""

    colours: Tensor
    shares: Tensor
    deviations: dict[str, Tensor]


def textures(
    network: FeatureNetwork,
    recipe: StyledRecipe,
    styles: Sequence[GuidedImage],
    tiles: Sequence[Sequence[Tile]],
    moments: Sequence[Mapping[str, Sequence[Moments | None]]],
    heads: Mapping[str, Head],
) -> Generator[float, None, Textures]:
    """The targets at each of `recipe.layers_for_texture`, and of strokes beside, for styles viewed in these tiles.

    `moments` are those of each style, layer and region, before `heads`. Pauses, with 0, between tiles.
    """
    blend = recipe.style_blend_weights or (1.0,) * len(styles)
    axes = dict[str, Axes]()
    for layer in recipe.layers_for_texture:
        whole = blended([blended(each[layer], (1.0,) * len(each[layer])) for each in moments], blend)
        if whole is not None:
            axes[layer] = Axes(whole, heads.get(layer))
    if not axes:
        return Textures({}, None)
    lights = [_light(style.image) for style in styles]
    varies = sum(weight * float(light.square().mean()) for weight, light in zip(blend, lights, strict=True))
    strokes = Spread(varies / sum(blend), 1)
    tables = dict[str, list[Tensor]]({name: [] for name in (*axes, STROKES)})
    there = list[Tensor]()
    for style, light, weight, cut in zip(styles, lights, blend, tiles, strict=True):
        found = yield from _windows_of(network, recipe, style, light, cut, axes, strokes)
        nearest = [_nearest(found, share) for share in found.shares]
        there.append(torch.tensor([0.0 if each is None else weight for each in nearest]))
        for name, deviations in found.deviations.items():
            quantile = QUANTILE_OF_STROKES if name == STROKES else QUANTILE
            tables[name].append(torch.stack([_bounds(deviations, each, quantile) for each in nearest], 1))
    shares = torch.stack(there)
    shares = shares / shares.sum(0).clamp_min(1e-12)
    layers = {layer: TextureTarget(own, *_of_all(tables[layer], shares)) for layer, own in axes.items()}
    return Textures(layers, Bounds(strokes, *_of_all(tables[STROKES], shares)))


def _light(style: Tensor) -> Tensor:
    image = as_floats(style)
    return Band((style.shape[2], style.shape[3]), image)(image)


def _of_all(tables: Sequence[Tensor], shares: Tensor) -> tuple[Tensor, Tensor]:
    """The bounds by several styles, of which each has its share (S, L) in a region: what none has asks for nothing."""
    least, most = sum(
        (table * own.to(table)[:, None, None] for own, table in zip(shares, tables, strict=True)),
        torch.zeros_like(tables[0]),
    )
    most[(shares.sum(0) == 0).to(most.device)] = math.inf
    return least, most


def _windows_of(
    network: FeatureNetwork,
    recipe: StyledRecipe,
    style: GuidedImage,
    light: Tensor,
    tiles: Sequence[Tile],
    axes: Mapping[str, Axes],
    strokes: Spread,
) -> Generator[float, None, _Windows]:
    backbone, (width, height) = BACKBONES[recipe.backbone], style.size
    strides = {layer: backbone.stride(layer) for layer in axes}
    pixels = Cells((height, width), CELL)
    cells = {
        name: Cells((height // stride, width // stride), CELL // stride)
        for name, stride in {**strides, STROKES: STRIDE}.items()
    }
    cells[STROKES].add((light, light.square()), 0, 0)
    for number, tile in enumerate(tiles):
        if number:
            yield 0.0
        view = View(network, style, tile)
        (top, _), (left, _) = tile.rows, tile.columns
        pixels.add((view.pixels[(..., *tile.inner())],), top, left)
        for layer, stride in strides.items():
            found = axes[layer].along(view.features[layer][(..., *tile.inner(stride))])
            cells[layer].add((found, found.square()), top // stride, left // stride)
    whole = [max(1, length // CELL) for length in (height, width)]
    spans = min(SPAN, whole[0]), min(SPAN, whole[1])
    rows, columns = (length - span + 1 for length, span in zip(whole, spans, strict=True))
    kept = _spread(rows * columns)

    def windows(sums: Tensor) -> Tensor:
        """(N, K), of the windows that are kept and lie wholly in the picture."""
        return Windows(sums, spans).sums(sums)[:, :rows, :columns].flatten(1).T[kept]

    deviations = {}
    for name, each in cells.items():
        counts = windows(each.counts.to(each.found)[None])
        _, found = axes.get(name, strokes).deviations(windows(each.found).T, counts.T)
        deviations[name] = found.T
    counts = windows(pixels.counts.to(pixels.found)[None])
    guide = style.image.new_full((1, height, width), 255) if style.guide is None else style.guide
    shares = windows(in_middles(guide, CELL).float() / 255).T / math.prod(spans)
    return _Windows(windows(pixels.found) / counts, shares, deviations)


def _nearest(windows: _Windows, share: Tensor) -> Tensor | None:
    """The windows of a region that are nearest to each colour of the table, (LEVELS^3, NEAREST); None without any."""
    inside = (share >= INSIDE).nonzero()[:, 0]
    if not len(inside):
        return None
    level = (torch.arange(LEVELS, dtype=torch.float64, device=share.device) + 0.5) / LEVELS
    table = torch.cartesian_prod(level, level, level).to(windows.colours)
    apart = torch.cdist(table, windows.colours[inside])
    return inside[apart.topk(min(NEAREST, len(inside)), largest=False).indices]


def _bounds(deviations: Tensor, nearest: Tensor | None, quantile: int) -> Tensor:
    """A low quantile, and the largest, of the deviations in the windows nearest to a colour: (2, LEVELS^3, AXES)."""
    if nearest is None:
        return deviations.new_zeros(2, LEVELS**3, deviations.shape[1])
    around = deviations[nearest]
    rank = max(1, nearest.shape[1] * quantile // NEAREST)
    return torch.stack([around.kthvalue(rank, 1).values, around.amax(1)])


def _spread(count: int) -> Tensor:
    """At most MOST_WINDOWS of so many, at equal distances."""
    return torch.linspace(0, count - 1, min(count, MOST_WINDOWS), dtype=torch.float64).round().long()
