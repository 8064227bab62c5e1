"""What a texture is asked for with. Free of torch."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from transfer.engine.ladder import fit
from transfer.recipes.base import ESSENTIALS, group
from transfer.recipes.style import StyleRecipe
from transfer.recipes.styled import StyledRecipe, Wrapping

Shape = Literal["1:1", "4:3", "3:2", "16:9", "2:1", "4:1", "3:4", "2:3", "9:16", "1:2", "1:4"]
SHORTEST = 32  # px: chosen, the shortest side of a texture that has something to repeat


def _as_in_style(field: str) -> Any:
    """A field that means what it means in style transfer, with its bounds and words."""
    return StyleRecipe.model_fields[field]


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
    style_scale: float = _as_in_style("style_scale")
    seed: int = Field(
        0,
        ge=0,
        le=2**32 - 1,
        title="Seed",
        description="Another seed gives another texture.",
        json_schema_extra=group(ESSENTIALS),
    )
    texture_weight: float = _as_in_style("texture_weight")
    tv_weight: float = _as_in_style("tv_weight")
    style_blend_weights: tuple[float, ...] = _as_in_style("style_blend_weights")
    backbone: Literal["vgg19-lite", "vgg16", "vgg19"] = _as_in_style("backbone")
    style_loss: Literal["w2", "gram"] = _as_in_style("style_loss")
    pooling: Literal["avg", "max"] = _as_in_style("pooling")
    style_layers: tuple[str, ...] = _as_in_style("style_layers")
    style_layer_weights: tuple[float, ...] = _as_in_style("style_layer_weights")
    num_iterations: int = _as_in_style("num_iterations")
    early_stopping: float = _as_in_style("early_stopping")
    optimizer: Literal["adam", "lbfgs"] = _as_in_style("optimizer")
    lbfgs_num_correction: int = _as_in_style("lbfgs_num_correction")
    normalize_gradients: bool = _as_in_style("normalize_gradients")
    learning_rate: float = _as_in_style("learning_rate")
    height_map: bool = _as_in_style("height_map")
    print_iter: int = _as_in_style("print_iter")
    save_iter: int = _as_in_style("save_iter")

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


def ratio_of(shape: str) -> tuple[int, int]:
    """Width and height in any unit, of a `Shape`."""
    width, height = map(int, shape.split(":"))
    return width, height
