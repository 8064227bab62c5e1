"""What decides on the pixels of a style render's rungs."""

from transfer.engine import checkpoint
from transfer.pictures import digest
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

# Neither the size, which the rungs below it do not depend on, nor what is only reported or kept beside the picture.
NOT_DECIDING = ("image_size", "height_map", "print_iter", "save_iter")
# Fields that are hashed whatever they are. All others, which are newer than the first checkpoints, are hashed where
# they are not at their default: so a new field whose default changes nothing leaves old checkpoints valid.
DECIDING = (
    "strength",
    "style_scale",
    "original_colors",
    "match_colors",
    "regions",
    "region_count",
    "content_weight",
    "style_weight",
    "tv_weight",
    "style_blend_weights",
    "backbone",
    "style_loss",
    "pooling",
    "content_layers",
    "style_layers",
    "content_layer_weights",
    "style_layer_weights",
    "init",
    "seed",
    "num_iterations",
    "early_stopping",
    "optimizer",
    "lbfgs_num_correction",
    "normalize_gradients",
    "learning_rate",
)


def identity(inputs: StyleInputs, recipe: StyleRecipe, weights_sha256: str) -> list[object]:
    """All of it, as plain values: equal for renders that differ only in `NOT_DECIDING`."""
    asked = recipe.model_dump(mode="json")
    deciding = {name: asked[name] for name in DECIDING} | {
        name: asked[name]
        for name, field in StyleRecipe.model_fields.items()
        if name not in DECIDING + NOT_DECIDING and getattr(recipe, name) != field.default
    }
    pictures = (inputs.content, *inputs.styles, inputs.init, inputs.content_mask, *inputs.style_masks)
    return [deciding, weights_sha256, [picture and digest(picture) for picture in pictures]]


def key(inputs: StyleInputs, recipe: StyleRecipe, weights_sha256: str) -> str:
    """The key of the render's checkpoints."""
    return checkpoint.key(identity(inputs, recipe, weights_sha256))
