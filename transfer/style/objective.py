"""The objective of style transfer on one rung: its terms, balanced to the pair of content and styles."""

from collections.abc import Sequence

from transfer.engine.ladder import Rung
from transfer.engine.objective import TiledObjective
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.losses.anchor import Anchor, AnchorTerm
from transfer.losses.content import ContentTerm
from transfer.losses.fine import FineTerm
from transfer.losses.style import StyleTerm
from transfer.losses.term import Term
from transfer.losses.tv import TotalVariationTerm
from transfer.recipes.strength import texture_part
from transfer.recipes.style import StyleRecipe
from transfer.style.rungs import COMPOSED, content_part, everywhere_part, fine_part
from transfer.style.targets import Targets
from transfer.tiling.wrap import Wrap

# Chosen: what a weight of 1 stands for, beside a style term that is 1 at the content picture.
CONTENT_UNIT = 0.053
TV_UNIT = 1.5
FINE_UNIT = 1.0
ANCHOR_UNIT = 8.0


def objective(
    network: FeatureNetwork,
    recipe: StyleRecipe,
    rung: Rung,
    targets: Targets,
    anchors: Sequence[Anchor] = (),
    tile_pixels: int | None = None,
    further: Sequence[Term] = (),
) -> TiledObjective:
    """What an image on a rung is measured by; `anchors` hold on to lower rungs. See `TiledObjective` for tiles."""
    backbone, wrap = BACKBONES[recipe.backbone], Wrap.named(recipe.wrap)
    content = recipe.content_weight * CONTENT_UNIT * recipe.content_ratio * content_part(rung)
    texture = recipe.style_weight * recipe.texture_weight * texture_part(recipe.strength) * everywhere_part(rung)
    terms = (
        ContentTerm(
            {layer: content * share for layer, share in recipe.content_layer_shares.items()},
            targets.content,
            {layer: backbone.stride(layer) for layer in recipe.layers_for_content},
            lambda tile: targets.content_features(network, tile),
        ),
        StyleTerm(
            {layer: recipe.style_weight * share for layer, share in recipe.style_layer_shares.items()},
            targets.style,
            targets.heads,
            backbone,
        ),
        *targets.textures.terms(
            texture, backbone, targets.picture.size, targets.picture.guide, rung.long_side > COMPOSED, wrap
        ),
        TotalVariationTerm(recipe.tv_weight * TV_UNIT, wrap, of_hue=True),
        FineTerm(recipe.tv_weight * FINE_UNIT * fine_part(rung), targets.fine, wrap),
        AnchorTerm(ANCHOR_UNIT, anchors),
        *further,
    )
    picture = targets.picture
    return TiledObjective(
        network, backbone, terms, picture.size, picture.guide, tile_pixels, recipe.normalize_gradients, wrap
    )
