"""The objective of a dream on one rung: wishes for its layers, at a picture that is shifted before each step."""

from collections.abc import Generator

from torch import Tensor

from transfer.dream.jitter import Jitter
from transfer.dream.recipe import DreamRecipe
from transfer.engine.objective import Losses, TiledObjective
from transfer.features.moments import Moments
from transfer.features.network import FeatureNetwork, Head
from transfer.features.registry import BACKBONES
from transfer.losses.dream import Channels, DreamTerm, Guide, Usual, WholeLayer, Wish, wide
from transfer.room import room
from transfer.tiling.grid import grid
from transfer.tiling.kept import KeptFeatures
from transfer.tiling.tiles import GuidedImage, Statistics, View

MOST_PLACES = 1024  # chosen: of a guide, at each layer


class DreamObjective:
    """The `transfer.engine.objective.Objective` of a dream.

    Its loss is 1 / (1 + g), where g is how many times as active the layers are as on the content picture. It falls
    from one half towards 0. The gradient is that of -g, whose size does not matter to an ascent.
    """

    def __init__(self, tiled: TiledObjective, jitter: Jitter) -> None:
        self.tiled, self.jitter = tiled, jitter

    def gradient(self, image: Tensor, into: Tensor) -> Generator[float, None, Losses]:
        """See `Objective`."""
        bordered = self.jitter.bordered(image)
        found = into if bordered is image else room(tuple(bordered.shape), image)
        losses = yield from self.tiled.gradient(bordered, found)
        if found is not into:
            into.copy_(self.jitter.within(found))
        return Losses({"dream": 1 / (1 - losses.total)})


def objective(
    network: FeatureNetwork,
    recipe: DreamRecipe,
    content: GuidedImage,
    guide: GuidedImage | None,
    jitter: Jitter,
    tile_pixels: int,
) -> Generator[float, None, DreamObjective]:
    """What grows in pictures of the content's size, in all layers alike.

    Views content and guide, in tiles of at most `tile_pixels`, with a pause, of 0, between tiles.
    """
    backbone = BACKBONES[recipe.backbone]
    usual, _ = yield from _viewed(network, recipe, content, tile_pixels)
    guiding = None if guide is None else (yield from _viewed(network, recipe, guide, tile_pixels, keeps=True))
    wishes = dict[str, Wish]()
    for layer in recipe.layers:
        head = _head(network, layer)
        if guiding is not None:
            places = wide(guiding[1].maps[layer])
            standard = guiding[0][layer].standard(places if head is None else head(places))[0].flatten(1).T
            wishes[layer] = Guide(head, usual[layer], standard[:: -(-len(standard) // MOST_PLACES)])
        elif recipe.channels:
            wishes[layer] = Channels(head, usual[layer], recipe.channels)
        else:
            wishes[layer] = WholeLayer(head, usual[layer])
    width, height = jitter.padded_size
    strides = {layer: backbone.stride(layer) for layer in recipe.layers}
    places_of = {layer: (width // stride) * (height // stride) for layer, stride in strides.items()}
    term = DreamTerm(dict.fromkeys(recipe.layers, 1 / len(recipe.layers)), wishes, places_of, strides)
    return DreamObjective(TiledObjective(network, backbone, [term], (width, height), None, tile_pixels), jitter)


def _viewed(
    network: FeatureNetwork, recipe: DreamRecipe, picture: GuidedImage, tile_pixels: int, keeps: bool = False
) -> Generator[float, None, tuple[dict[str, Usual], KeptFeatures]]:
    """What is usual in a picture, by layer, and its features, where they are kept."""
    backbone = BACKBONES[recipe.backbone]
    field, found = backbone.field(recipe.layers), Statistics(backbone, recipe.layers)
    kept = KeptFeatures(picture.size, found.strides)
    for number, tile in enumerate(grid(picture.size, field.stride, field.feature_margin, tile_pixels).tiles):
        if number:
            yield 0.0
        view = View(network, picture, tile)
        found.add(view)
        if keeps:
            kept.add(view)
    return {layer: Usual.of(_moments(network, found, layer)) for layer in recipe.layers}, kept


def _moments(network: FeatureNetwork, found: Statistics, layer: str) -> Moments:
    (own,), head = found.moments(layer), _head(network, layer)
    if own is None:
        raise ValueError(f"the picture has hardly any place at {layer}")
    return own if head is None else own.through(head)


def _head(network: FeatureNetwork, layer: str) -> Head | None:
    return next((head for name, head in network.heads.items() if name == layer and isinstance(head, Head)), None)
