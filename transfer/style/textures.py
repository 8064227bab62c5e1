"""What the texture of styles is, window by window, for the local term of an objective."""

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.moments import Moments, blended
from transfer.features.network import FeatureNetwork, Head
from transfer.features.registry import BACKBONES
from transfer.losses.texture import LEVELS, Axes, TextureTarget
from transfer.recipes.styled import StyledRecipe
from transfer.tiling.cells import Cells, in_middles, in_windows
from transfer.tiling.grid import Tile
from transfer.tiling.tiles import GuidedImage, View
from transfer.tiling.windows import WINDOW

CELL = 8  # px between two of a style's windows
SPAN = WINDOW // CELL
NEAREST, QUANTILE = 32, 8  # chosen: windows that a colour is compared with, and which of them, in order, is the least
MOST_WINDOWS = 2048  # chosen: of a style; of a larger one, so many at equal distances
INSIDE = 0.5  # of a window that lies in a region at least


@dataclass(frozen=True)
class _Windows:
    """A style's windows: mean colours (N, 3), shares of the regions (L, N), and deviations (N, AXES) by layer."""

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
) -> Generator[float, None, dict[str, TextureTarget]]:
    """The targets at each of `recipe.layers_for_texture`, for styles viewed in these tiles.

    `moments` are those of each style, layer and region, before `heads`. Pauses, with 0, between tiles.
    """
    blend = recipe.style_blend_weights or (1.0,) * len(styles)
    axes = dict[str, Axes]()
    for layer in recipe.layers_for_texture:
        whole = blended([blended(each[layer], (1.0,) * len(each[layer])) for each in moments], blend)
        if whole is not None:
            axes[layer] = Axes(whole, heads.get(layer))
    tables = dict[str, list[Tensor]]({layer: [] for layer in axes})
    there = list[Tensor]()
    for style, weight, cut in zip(styles, blend, tiles, strict=True):
        found = yield from _windows_of(network, recipe, style, cut, axes)
        nearest = [_nearest(found, share) for share in found.shares]
        there.append(torch.tensor([0.0 if each is None else weight for each in nearest]))
        for layer, deviations in found.deviations.items():
            tables[layer].append(torch.stack([_bounds(deviations, each) for each in nearest], 1))
    shares = torch.stack(there)
    shares = shares / shares.sum(0).clamp_min(1e-12)
    return {layer: _target(axes[layer], given, shares) for layer, given in tables.items()}


def _target(axes: Axes, tables: Sequence[Tensor], shares: Tensor) -> TextureTarget:
    """That of several styles, of which each has its share (S, L) in a region: what no style has asks for nothing."""
    least, most = sum(
        (table * own.to(table)[:, None, None] for own, table in zip(shares, tables, strict=True)),
        torch.zeros_like(tables[0]),
    )
    most[(shares.sum(0) == 0).to(most.device)] = math.inf
    return TextureTarget(axes, least, most)


def _windows_of(
    network: FeatureNetwork, recipe: StyledRecipe, style: GuidedImage, tiles: Sequence[Tile], axes: Mapping[str, Axes]
) -> Generator[float, None, _Windows]:
    backbone, (width, height) = BACKBONES[recipe.backbone], style.size
    strides = {layer: backbone.stride(layer) for layer in axes}
    pixels = Cells((height, width), CELL)
    cells = {layer: Cells((height // stride, width // stride), CELL // stride) for layer, stride in strides.items()}
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
        return in_windows(sums, spans)[:, :rows, :columns].flatten(1).T[kept]

    deviations = {}
    for layer, each in cells.items():
        counts = windows(each.counts.to(_sums(each))[None])
        _, found = axes[layer].deviations(windows(_sums(each)).T, counts.T)
        deviations[layer] = found.T
    counts = windows(pixels.counts.to(_sums(pixels))[None])
    guide = style.image.new_full((1, height, width), 255) if style.guide is None else style.guide
    shares = windows(in_middles(guide, CELL).float() / 255).T / math.prod(spans)
    return _Windows(windows(_sums(pixels)) / counts, shares, deviations)


def _nearest(windows: _Windows, share: Tensor) -> Tensor | None:
    """The windows of a region that are nearest to each colour of the table, (LEVELS^3, NEAREST); None without any."""
    inside = (share >= INSIDE).nonzero()[:, 0]
    if not len(inside):
        return None
    level = (torch.arange(LEVELS, dtype=torch.float64, device=share.device) + 0.5) / LEVELS
    table = torch.cartesian_prod(level, level, level).to(windows.colours)
    apart = torch.cdist(table, windows.colours[inside])
    return inside[apart.topk(min(NEAREST, len(inside)), largest=False).indices]


def _bounds(deviations: Tensor, nearest: Tensor | None) -> Tensor:
    """A low quantile, and the largest, of the deviations in the windows nearest to a colour: (2, LEVELS^3, AXES)."""
    if nearest is None:
        return deviations.new_zeros(2, LEVELS**3, deviations.shape[1])
    around = deviations[nearest]
    rank = max(1, nearest.shape[1] * QUANTILE // NEAREST)
    return torch.stack([around.kthvalue(rank, 1).values, around.amax(1)])


def _spread(count: int) -> Tensor:
    """At most MOST_WINDOWS of so many, at equal distances."""
    return torch.linspace(0, count - 1, min(count, MOST_WINDOWS), dtype=torch.float64).round().long()


def _sums(cells: Cells) -> Tensor:
    if cells.sums is None:
        raise RuntimeError("no tile was taken in")
    return cells.sums
