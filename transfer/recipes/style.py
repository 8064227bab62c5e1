"""Every parameter of a style transfer, with its default, bounds and description, in one place.

The studio's form, the command line, the stored JSON, the metadata in output files and the table in
docs/recipe.md are all made from `StyleRecipe`. Names are neural-style's flags where it has one.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from transfer.features.registry import BACKBONES
from transfer.inputs import Role
from transfer.recipes import strength
from transfer.recipes.base import ESSENTIALS
from transfer.recipes.base import group as _group
from transfer.recipes.fields import reporting_field, seed_field
from transfer.recipes.styled import StyledRecipe, Wrapping, shares

REGIONS, BALANCE, NETWORK, OPTIMISATION, BESIDE = "regions", "balance", "network", "optimisation", "beside"
MOST_STYLES = 16


class StyleRecipe(StyledRecipe):
    """How a content picture and styles become a picture. Immutable; equal recipes give equal pixels."""

    kind: ClassVar[str] = "style"
    matters_with: ClassVar[Mapping[str, tuple[str, str]]] = {
        "region_count": ("regions", "automatic"),
        "seed": ("init", "noise"),
        "lbfgs_num_correction": ("optimizer", "lbfgs"),
        "learning_rate": ("optimizer", "adam"),
    }

    strength: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Strength",
        description="From 0, a hint of the style, to 1, abstract: how far the picture may leave the content.",
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
        description="Take only lightness from the style and keep the content's colours.",
        json_schema_extra=_group(ESSENTIALS),
    )
    match_colors: bool = Field(
        False,
        title="Recolour the style first",
        description="Give the style the content's colours before anything is painted.",
        json_schema_extra=_group(ESSENTIALS),
    )
    regions: Literal["none", "automatic", "masks"] = Field(
        "none",
        title="Regions",
        description="Let each region take its style from the matching one only: found by colour, or given as masks.",
        json_schema_extra=_group(REGIONS),
    )
    region_count: int = Field(
        2,
        ge=2,
        le=8,
        title="Number of regions",
        description="How many regions are looked for when they are found automatically.",
        json_schema_extra=_group(REGIONS),
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
    texture_weight: float = Field(
        1.5,
        ge=0,
        le=1000,
        title="Texture everywhere",
        description="How much of the style's texture every place gets, for its colour; 0 leaves plain areas.",
        json_schema_extra=_group(BALANCE),
    )
    tv_weight: float = Field(
        1.0,
        ge=0,
        le=1000,
        title="Smoothness",
        description="How much it counts that neighbours differ in lightness as the style's do, and little in colour; "
        "zero leaves fine noise.",
        json_schema_extra=_group(BALANCE),
    )
    style_blend_weights: tuple[float, ...] = Field(
        (),
        max_length=MOST_STYLES,
        title="Style blend weights",
        description="How much each of several styles counts, separated by commas; empty for all the same.",
        json_schema_extra=_group(BALANCE, beside=Role.STYLE),
    )
    backbone: Literal["vgg19-lite", "vgg16-lite", "vgg16", "vgg19"] = Field(
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
    pooling: Literal["avg", "max"] = Field(
        "avg",
        title="Pooling",
        description="How the network shrinks its features: avg paints cleaner, max is what VGG-19 was trained with.",
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
    content_layer_weights: tuple[float, ...] = Field(
        (),
        title="Content layer weights",
        description="How much each content layer counts, separated by commas; empty for all the same.",
        json_schema_extra=_group(NETWORK),
    )
    style_layer_weights: tuple[float, ...] = Field(
        (),
        title="Style layer weights",
        description="How much each style layer counts, separated by commas; empty for all the same.",
        json_schema_extra=_group(NETWORK),
    )
    wrap: Wrapping = Field(
        "none",
        title="Wrap",
        description="Sides that go on at the opposite ones without a seam, where the content does: x for a globe.",
        json_schema_extra=_group(OPTIMISATION),
    )
    init: Literal["instant", "content", "noise", "picture"] = Field(
        "instant",
        title="Start from",
        description="The content as an instant picture, as it is, noise, or a picture of your own.",
        json_schema_extra=_group(OPTIMISATION),
    )
    seed: int = seed_field("Seed of the noise: the same seed gives the same picture on the same machine.", OPTIMISATION)
    num_iterations: int = Field(
        75,
        ge=1,
        le=2000,
        title="Iterations",
        description="Iterations on the smallest size; each larger one needs, and takes, fewer.",
        json_schema_extra=_group(OPTIMISATION),
    )
    early_stopping: float = Field(
        0.0,
        ge=0,
        le=0.5,
        title="Early stopping",
        description="Go on to the next size once ten iterations lower the loss by less than this share; 0 never does.",
        json_schema_extra=_group(OPTIMISATION),
    )
    optimizer: Literal["adam", "lbfgs"] = Field(
        "adam",
        title="Optimizer",
        description="What moves the pixels: adam, or lbfgs as neural-style has it.",
        json_schema_extra=_group(OPTIMISATION),
    )
    lbfgs_num_correction: int = Field(
        10,
        ge=1,
        le=100,
        title="L-BFGS history",
        description="Steps that lbfgs remembers, at 24 bytes a pixel each; fewer where 512 MiB would not do.",
        json_schema_extra=_group(OPTIMISATION),
    )
    normalize_gradients: bool = Field(
        False,
        title="Normalise gradients",
        description="Give the gradients of all layers the same size, so that only their weights count.",
        json_schema_extra=_group(OPTIMISATION),
    )
    learning_rate: float = Field(
        0.045,
        ge=0.0001,
        le=1.0,
        title="Learning rate",
        description="Adam's step on the smallest size, where colours run from 0 to 1; larger sizes take smaller ones.",
        json_schema_extra=_group(OPTIMISATION),
    )
    height_map: bool = Field(
        False,
        title="Height map",
        description="Keep the result's lightness beside it as a height of 16 bits: relative, not in metres.",
        json_schema_extra=_group(BESIDE),
    )
    print_iter: int = reporting_field("Print every", "Iterations between two reports of the losses; 0 for none.")
    save_iter: int = reporting_field("Save every", "Iterations between two pictures kept on the way; 0 for none.")

    @property
    def draws(self) -> bool:
        """Whether another seed gives another picture: only where it starts from noise."""
        return self.init == "noise"

    def uses(self, role: Role) -> bool:
        """Whether inputs of a role change anything: masks and a start only where the recipe asks for them."""
        if role == Role.MASK:
            return self.regions == "masks"
        return role != Role.START or self.init == "picture"

    @property
    def layers_for_content(self) -> tuple[str, ...]:
        """The content layers to use: those named, or the backbone's own."""
        return self.content_layers or BACKBONES[self.backbone].content_layers

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers that are compared."""
        return tuple(dict.fromkeys(self.layers_for_content + self.layers_for_style))

    @property
    def content_layer_shares(self) -> dict[str, float]:
        """Content layer to its share of the content term; the shares sum to 1."""
        return shares(self.layers_for_content, self.content_layer_weights)

    @property
    def content_ratio(self) -> float:
        """See `transfer.recipes.strength`."""
        return strength.content_ratio(self.strength)
