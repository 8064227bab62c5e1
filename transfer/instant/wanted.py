"""What features should become: the moments of styles, in the metric in which they are transported."""

from collections.abc import Generator, Mapping, Sequence

from transfer.features.moments import blended
from transfer.features.network import FeatureNetwork, Head
from transfer.instant.metric import BACKBONE, LAYERS
from transfer.instant.transport import Destination
from transfer.style.targets import Seen
from transfer.tiling.grid import grid
from transfer.tiling.tiles import GuidedImage

Wanted = dict[str, list[Destination]]  # of each region, or of the whole, by layer


def wanted(metric: Mapping[str, Head], styles: Sequence[Seen], blend: Sequence[float]) -> Wanted:
    """The moments of styles of the same regions, mixed as `blend` says, through `metric`.

    A region that no style has takes those of whole styles. Raises ValueError where a style has no place at a layer.
    """
    found: Wanted = {}
    for layer in LAYERS:
        whole = blended([style.whole.moments(layer)[0] for style in styles], blend)
        found[layer] = []
        for of_region in zip(*(style.regions.moments(layer) for style in styles), strict=True):
            mixed = blended(of_region, blend) or whole
            if mixed is None:
                raise ValueError(f"the styles have no place at {layer}")
            found[layer].append(Destination.of(mixed.double().through(metric[layer])))
    return found


def seen(
    network: FeatureNetwork, style: GuidedImage, tile_pixels: int | None = None, apart: int = 1
) -> Generator[float, None, Seen]:
    """A style (1, 3, h, w), viewed in tiles of at most `tile_pixels`; pauses between them.

    For `apart` see `transfer.tiling.tiles.Statistics`.
    """
    field = BACKBONE.field(LAYERS)
    cut = grid(style.size, field.stride, field.feature_margin, tile_pixels)
    return (yield from Seen.of(network, BACKBONE, style, cut, LAYERS, LAYERS, apart))
