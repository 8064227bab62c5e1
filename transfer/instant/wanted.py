"""What features should become: the moments of styles, in the metric in which they are transported."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from transfer.features.moments import Moments, blended
from transfer.features.network import FeatureNetwork, Head
from transfer.instant.metric import BACKBONE, LAYERS
from transfer.instant.transport import Destination
from transfer.tiling.grid import grid
from transfer.tiling.tiles import GuidedImage, Statistics, View

Wanted = dict[str, list[Destination]]  # of each region, or of the whole, by layer


@dataclass(frozen=True)
class StyleMoments:
    """Those of one style before the metric, by layer: of each region, None where it is too small, and of the whole."""

    regions: dict[str, list[Moments | None]]
    whole: dict[str, Moments | None]


def wanted(metric: Mapping[str, Head], styles: Sequence[StyleMoments], blend: Sequence[float]) -> Wanted:
    """The moments of styles of the same regions, mixed as `blend` says, through `metric`.

    A region that no style has takes those of whole styles. Raises ValueError where a style has no place at a layer.
    """
    found: Wanted = {}
    for layer in LAYERS:
        whole = blended([style.whole[layer] for style in styles], blend)
        found[layer] = []
        for region in range(len(styles[0].regions[layer])):
            mixed = blended([style.regions[layer][region] for style in styles], blend) or whole
            if mixed is None:
                raise ValueError(f"the styles have no place at {layer}")
            found[layer].append(Destination.of(mixed.double().through(metric[layer])))
    return found


def moments_of(
    network: FeatureNetwork, style: GuidedImage, tile_pixels: int | None = None
) -> Generator[float, None, StyleMoments]:
    """Those of a style (1, 3, h, w), viewed in tiles of at most `tile_pixels`; pauses between them."""
    field = BACKBONE.field(LAYERS)
    regions, whole = Statistics(BACKBONE, LAYERS), Statistics(BACKBONE, LAYERS, guided=False)
    for number, tile in enumerate(grid(style.size, field.stride, field.feature_margin, tile_pixels).tiles):
        if number:
            yield 0.0
        view = View(network, style, tile)
        regions.add(view)
        if style.guide is not None:
            whole.add(view)
    of_whole = regions if style.guide is None else whole
    return StyleMoments(
        {layer: regions.moments(layer) for layer in LAYERS}, {layer: of_whole.moments(layer)[0] for layer in LAYERS}
    )
