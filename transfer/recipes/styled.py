"""What recipes that paint by styles have in common: how styles are compared, and what of that has to fit together.

Each such recipe declares these fields itself, in the order of its form; `StyleRecipe` says what they mean.
"""

from typing import TYPE_CHECKING, Literal

from pydantic import ValidationInfo, field_validator

from transfer.features.registry import BACKBONES
from transfer.recipes.base import Recipe, parted

LISTS = ("content_layers", "style_layers", "content_layer_weights", "style_layer_weights", "style_blend_weights")
NOT_NEGATIVE = ("content_weight", "style_weight", "texture_weight", "tv_weight", "strength", "early_stopping")
Wrapping = Literal["none", "x", "y", "both"]


class StyledRecipe(Recipe):
    """A recipe by which something is painted in the manner of styles, through a network."""

    if TYPE_CHECKING:
        style_scale: float
        texture_weight: float
        tv_weight: float
        style_blend_weights: tuple[float, ...]
        backbone: Literal["vgg19-lite", "vgg16-lite", "vgg16", "vgg19"]
        style_loss: Literal["w2", "gram"]
        pooling: Literal["avg", "max"]
        style_layers: tuple[str, ...]
        style_layer_weights: tuple[float, ...]
        wrap: Wrapping

    @field_validator(*LISTS, mode="before", check_fields=False)
    @classmethod
    def _split(cls, value: object) -> object:
        return parted(value)

    @field_validator("content_layers", "style_layers", check_fields=False)
    @classmethod
    def _exist_in_the_backbone(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        backbone = BACKBONES.get(info.data.get("backbone", ""))
        return value if backbone is None else backbone.chosen(value)

    @field_validator("pooling", check_fields=False)
    @classmethod
    def _suits_the_backbone(cls, value: str, info: ValidationInfo) -> str:
        backbone = BACKBONES.get(info.data.get("backbone", ""))
        if backbone is not None and value not in backbone.poolings:
            raise ValueError(f"{backbone.name} has {' and '.join(backbone.poolings)} pooling only.")
        return value

    @field_validator("content_layer_weights", "style_layer_weights", check_fields=False)
    @classmethod
    def _is_one_for_each_layer(cls, value: tuple[float, ...], info: ValidationInfo) -> tuple[float, ...]:
        kind = str(info.field_name).removesuffix("_layer_weights")
        backbone = BACKBONES.get(info.data.get("backbone", ""))
        layers = info.data.get(f"{kind}_layers")
        if not value or backbone is None or layers is None:
            return value
        layers = layers or getattr(backbone, f"{kind}_layers")
        if len(value) != len(layers):
            raise ValueError(f"Give one weight for each of {', '.join(layers)}, not {len(value)}.")
        return value

    @field_validator("content_layer_weights", "style_layer_weights", "style_blend_weights", check_fields=False)
    @classmethod
    def _are_shares(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if any(weight < 0 or weight > 1000 for weight in value):
            raise ValueError("Weights must be from 0 to 1000.")
        if value and not sum(value):
            raise ValueError("At least one weight must be more than 0.")
        return tuple(weight + 0.0 for weight in value)

    @field_validator(*NOT_NEGATIVE, mode="after", check_fields=False)
    @classmethod
    def _without_negative_zero(cls, value: float) -> float:
        return value + 0.0

    @property
    def network(self) -> str:
        """The backbone."""
        return self.backbone

    @property
    def layers_for_style(self) -> tuple[str, ...]:
        """The style layers to use: those named, or the backbone's own."""
        return self.style_layers or BACKBONES[self.backbone].style_layers

    @property
    def layers_for_texture(self) -> tuple[str, ...]:
        """The style layers at which windows are compared: those that show strokes, and have places enough in one."""
        stride = BACKBONES[self.backbone].stride
        counting = [layer for layer, share in self.style_layer_shares.items() if share * self.texture_weight]
        return tuple(layer for layer in counting if stride(layer) in (2, 4))

    @property
    def style_layer_shares(self) -> dict[str, float]:
        """Style layer to its share of the style term; the shares sum to 1."""
        return shares(self.layers_for_style, self.style_layer_weights)


def shares(names: tuple[str, ...], weights: tuple[float, ...]) -> dict[str, float]:
    """Layers to what each weighs, all of them 1; equally much where there are no weights."""
    weights = weights or (1.0,) * len(names)
    return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}
