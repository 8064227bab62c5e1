"""What a texture is asked for with. Free of torch."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from transfer.engine.ladder import fit
from transfer.recipes.base import ESSENTIALS, field_of, group
from transfer.recipes.fields import seed_field
from transfer.recipes.shapes import Tall, Wide, ratio_of
from transfer.recipes.style import BALANCE, StyleRecipe
from transfer.recipes.styled import StyledRecipe, Wrapping

Shape = Literal[Wide, "4:1", Tall, "1:2", "1:4"]
SHORTEST = 32  # px: chosen, the shortest side of a texture that has something to repeat


class TextureRecipe(StyledRecipe):
    """How styles become a texture. Immutable; equal recipes of equal styles give equal pixels."""

    kind: ClassVar[str] = "texture"
    regions: ClassVar[str] = "none"
    layers_for_content: ClassVar[tuple[str, ...]] = ()
    matters_with: ClassVar[Mapping[str, tuple[str, str]]] = {
        name: StyleRecipe.matters_with[name] for name in ("lbfgs_num_correction", "learning_rate")
    }

    shape: Shape = Field(
        "1:1",
        title="Shape",
        description="Width to height.",
        json_schema_extra=group(ESSENTIALS),
    )
    wrap: Wrapping = Field(
        "none",
        title="Seamless",
        description="Where it goes on at its opposite side without a seam: across (x), down (y), or both, for tiles. "
        "These sides become multiples of a few pixels.",
        json_schema_extra=group(ESSENTIALS),
    )
    style_scale: float = field_of(StyleRecipe, "style_scale")
    seed: int = seed_field("Another seed gives another texture.", ESSENTIALS)
    texture_weight: float = field_of(StyleRecipe, "texture_weight")
    tv_weight: float = Field(
        1.0,
        ge=0,
        le=1000,
        title="Grain",
        description="How much it counts that near pixels differ as the style's do; zero leaves fine noise.",
        json_schema_extra=group(BALANCE),
    )
    style_blend_weights: tuple[float, ...] = field_of(StyleRecipe, "style_blend_weights")
    backbone: Literal["vgg19-lite", "vgg16-lite", "vgg16", "vgg19"] = field_of(StyleRecipe, "backbone")
    style_loss: Literal["w2", "gram"] = field_of(StyleRecipe, "style_loss")
    pooling: Literal["avg", "max"] = field_of(StyleRecipe, "pooling")
    style_layers: tuple[str, ...] = field_of(StyleRecipe, "style_layers")
    style_layer_weights: tuple[float, ...] = field_of(StyleRecipe, "style_layer_weights")
    num_iterations: int = field_of(StyleRecipe, "num_iterations", default=110)
    early_stopping: float = field_of(StyleRecipe, "early_stopping")
    optimizer: Literal["adam", "lbfgs"] = field_of(StyleRecipe, "optimizer")
    lbfgs_num_correction: int = field_of(StyleRecipe, "lbfgs_num_correction")
    normalize_gradients: bool = field_of(StyleRecipe, "normalize_gradients")
    learning_rate: float = field_of(StyleRecipe, "learning_rate")
    height_map: bool = field_of(StyleRecipe, "height_map")
    print_iter: int = field_of(StyleRecipe, "print_iter")
    save_iter: int = field_of(StyleRecipe, "save_iter")

    @field_validator("wrap")
    @classmethod
    def _has_something_to_repeat(cls, value: str, info: ValidationInfo) -> str:
        side, shape = info.data.get("image_size"), info.data.get("shape")
        if side is None or shape is None:
            return value
        width, height = fit(ratio_of(shape), side)
        short = min([width] * (value in ("x", "both")) + [height] * (value in ("y", "both")), default=SHORTEST)
        if short < SHORTEST:
            raise ValueError(
                f"A seamless side of {short} px is too short to repeat: choose a larger size, or a shape nearer to 1:1."
            )
        return value

    @property
    def ratio(self) -> tuple[int, int]:
        """Width and height in any unit."""
        return ratio_of(self.shape)

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers that are compared."""
        return self.layers_for_style
