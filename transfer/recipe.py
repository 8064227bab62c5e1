"""Every parameter of a render, with its default, bounds and description, in one place.

The studio's form, the command line, the stored JSON, the metadata in output files and the table in
docs/recipe.md are all made from `Recipe`. Names are neural-style's flags where it has one.
"""

import json
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationInfo, field_validator

from transfer.features.registry import BACKBONES

ESSENTIALS, BALANCE, NETWORK, OPTIMISATION = "essentials", "balance", "network", "optimisation"


def _group(name: str) -> dict[str, JsonValue]:
    return {"group": name}


class Recipe(BaseModel):
    """How a content picture and a style become a render. Immutable; equal recipes give equal pixels."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    image_size: int = Field(
        512,
        ge=64,
        le=2048,
        title="Size",
        description="Long side of the result in pixels. A small size shows what a larger one will look like.",
        json_schema_extra=_group(ESSENTIALS),
    )
    style_scale: float = Field(
        1.0,
        ge=0.1,
        le=4.0,
        title="Style scale",
        description="Size of the style relative to the result: larger means broader strokes.",
        json_schema_extra=_group(ESSENTIALS),
    )
    original_colors: bool = Field(
        False,
        title="Keep the content's colours",
        description="Take only lightness from the style and keep the colours of the content picture.",
        json_schema_extra=_group(ESSENTIALS),
    )
    content_weight: float = Field(
        1.0,
        ge=0,
        le=1000,
        title="Content weight",
        description="How strongly the structure of the content picture is kept.",
        json_schema_extra=_group(BALANCE),
    )
    style_weight: float = Field(
        1.0,
        ge=0,
        le=1000,
        title="Style weight",
        description="How strongly the textures and colours of the style are matched.",
        json_schema_extra=_group(BALANCE),
    )
    tv_weight: float = Field(
        1.0,
        ge=0,
        le=1000,
        title="Smoothness",
        description="Weight of total variation: larger means smoother, zero leaves fine noise.",
        json_schema_extra=_group(BALANCE),
    )
    backbone: Literal["vgg19-lite", "vgg19"] = Field(
        "vgg19-lite",
        title="Network",
        description="The network through which pictures are compared.",
        json_schema_extra=_group(NETWORK),
    )
    style_loss: Literal["w2", "gram"] = Field(
        "w2",
        title="Style loss",
        description="How feature statistics are compared: as Gaussians (w2, cleaner) or Gram matrices (gram).",
        json_schema_extra=_group(NETWORK),
    )
    content_layers: tuple[str, ...] = Field(
        (),
        title="Content layers",
        description="Layers on which structure is compared, separated by commas; empty for the network's own.",
        json_schema_extra=_group(NETWORK),
    )
    style_layers: tuple[str, ...] = Field(
        (),
        title="Style layers",
        description="Layers on which textures are compared, separated by commas; empty for the network's own.",
        json_schema_extra=_group(NETWORK),
    )
    init: Literal["content", "noise"] = Field(
        "content",
        title="Start from",
        description="What the lowest rung starts from: the content picture, or noise.",
        json_schema_extra=_group(OPTIMISATION),
    )
    seed: int = Field(
        0,
        ge=0,
        le=2**32 - 1,
        title="Seed",
        description="Seed of the noise: the same seed gives the same picture on the same machine.",
        json_schema_extra=_group(OPTIMISATION),
    )
    num_iterations: int = Field(
        150,
        ge=1,
        le=2000,
        title="Iterations",
        description="Iterations on the lowest rung; each higher rung needs, and takes, fewer.",
        json_schema_extra=_group(OPTIMISATION),
    )
    learning_rate: float = Field(
        0.02,
        ge=0.0001,
        le=1.0,
        title="Learning rate",
        description="Adam's step on the lowest rung, where colours run from 0 to 1; higher rungs take smaller ones.",
        json_schema_extra=_group(OPTIMISATION),
    )

    @field_validator("content_layers", "style_layers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("content_layers", "style_layers")
    @classmethod
    def _exist_in_the_backbone(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        backbone = BACKBONES.get(info.data.get("backbone", ""))
        if backbone is None:
            return value
        if unknown := [name for name in value if name not in backbone.layers]:
            raise ValueError(f"{backbone.name} has no layer {', '.join(unknown)}; it has {', '.join(backbone.layers)}.")
        return tuple(dict.fromkeys(value))

    @field_validator("content_weight", "style_weight", "tv_weight")
    @classmethod
    def _without_negative_zero(cls, value: float) -> float:
        return value + 0.0

    @property
    def layers_for_content(self) -> tuple[str, ...]:
        """The content layers to use: those named, or the backbone's own."""
        return self.content_layers or BACKBONES[self.backbone].content_layers

    @property
    def layers_for_style(self) -> tuple[str, ...]:
        """The style layers to use: those named, or the backbone's own."""
        return self.style_layers or BACKBONES[self.backbone].style_layers

    def canonical_json(self) -> str:
        """The recipe as JSON with sorted keys and no white space: equal recipes give equal bytes."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The recipe in `text`; raises pydantic's ValidationError for anything else."""
        return cls.model_validate_json(text)
