"""Every parameter of a dream. Free of torch.

Names are those of ProGamerGov/neural-dream where it has one, or of google/deepdream.
"""

from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from transfer.dream.layers import channels_of, deepest_to_dream
from transfer.features.registry import BACKBONES
from transfer.recipes.base import ESSENTIALS, Recipe, group, parted
from transfer.recipes.fields import reporting_field, seed_field

OCTAVES, STEPS = "octaves", "steps"
MOST_CHANNELS = 16
LEVELS_OF_COLOUR = 255


class DreamRecipe(Recipe):
    """How a picture is dreamt. Immutable; equal recipes of equal pictures give equal pixels."""

    kind: ClassVar[str] = "dream"
    optimizer: ClassVar[Literal["adam"]] = "adam"
    early_stopping: ClassVar[float] = 0.0
    wrap: ClassVar[str] = "none"
    regions: ClassVar[str] = "none"
    layers_for_content: ClassVar[tuple[str, ...]] = ()
    layers_for_texture: ClassVar[tuple[str, ...]] = ()
    lbfgs_num_correction: ClassVar[int] = 1

    backbone: Literal["vgg19-lite", "vgg16-lite", "vgg16", "vgg19", "googlenet"] = Field(
        "vgg16-lite",
        title="Network",
        description="The network that dreams: all but VGG-19 lite see eyes and animals.",
        json_schema_extra=group(ESSENTIALS),
    )
    dream_layers: tuple[str, ...] = Field(
        (),
        title="Layers",
        description="Layers whose activations grow, separated by commas: deeper ones dream of larger things; empty for "
        "a deep one.",
        json_schema_extra=group(ESSENTIALS),
    )
    channels: tuple[int, ...] = Field(
        (),
        max_length=MOST_CHANNELS,
        title="Channels",
        description="Numbers of the channels that are dreamt of, from 0, separated by commas; empty for whatever the "
        "network sees in the picture.",
        json_schema_extra=group(ESSENTIALS),
    )
    octave_iter: int = Field(
        10,
        ge=1,
        le=500,
        title="Steps",
        description="Steps on each octave: more of them dream further away from the picture.",
        json_schema_extra=group(ESSENTIALS),
    )
    step_size: float = Field(
        1.5,
        ge=0.01,
        le=50,
        title="Step size",
        description="How far colours move in a step on average, where they run from 0 to 255.",
        json_schema_extra=group(ESSENTIALS),
    )
    first_octave: Literal["64", "128", "256", "512"] = Field(  # chosen: below, a shallow network dreams of blurred bars
        "256",
        title="First octave",
        description="Long side in pixels of the octave where the dream begins: a small one dreams of large things too.",
        json_schema_extra=group(OCTAVES),
    )
    octave_scale: Literal["1.26", "1.41", "2"] = Field(
        "1.41",
        title="Octave scale",
        description="How much larger each octave is than the one before; smaller values give more octaves.",
        json_schema_extra=group(OCTAVES),
    )
    lap_scale: int = Field(
        1,
        ge=0,
        le=8,
        title="Laplacian levels",
        description="Bands of frequencies that are made equally strong in each step: more of them dream more boldly.",
        json_schema_extra=group(STEPS),
    )
    natural_colors: float = Field(
        0.9,
        ge=0,
        le=1,
        title="Natural colours",
        description="How much the colours of a step are bound together as in photographs: 0 gives the "
        "rainbow colours of classic DeepDream, 1 stays close to the picture's.",
        json_schema_extra=group(STEPS),
    )
    jitter: int = Field(
        16,
        ge=0,
        le=64,
        title="Jitter",
        description="Pixels by which the picture is moved at random before each step, so that no grid shows.",
        json_schema_extra=group(STEPS),
    )
    seed: int = seed_field("Seed of the jitter: the same seed gives the same picture on the same machine.", STEPS)
    print_iter: int = reporting_field("Print every", "Steps between two reports; 0 for none.")
    save_iter: int = reporting_field("Save every", "Steps between two pictures kept on the way; 0 for none.")

    @field_validator("dream_layers", "channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return parted(value)

    @field_validator("dream_layers")
    @classmethod
    def _exist_in_the_backbone(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        backbone = BACKBONES.get(info.data.get("backbone", ""))
        return value if backbone is None else backbone.chosen(value)

    @field_validator("channels")
    @classmethod
    def _exist_in_the_layers(cls, value: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        backbone, layers = BACKBONES.get(info.data.get("backbone", "")), info.data.get("dream_layers")
        if backbone is None or layers is None:
            return value
        for layer in layers or deepest_to_dream(backbone):
            count = channels_of(backbone, layer)
            if unknown := [number for number in value if not 0 <= number < count]:
                raise ValueError(f"{layer} has no channel {unknown[0]}; its channels are 0 to {count - 1}.")
        return tuple(dict.fromkeys(value))

    @property
    def network(self) -> str:
        """The backbone."""
        return self.backbone

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers to dream of: those named, or a deep one."""
        return self.dream_layers or deepest_to_dream(BACKBONES[self.backbone])

    @property
    def pooling(self) -> str:
        """Averages, with which gradients are cleaner, where the network can do without maxima."""
        return BACKBONES[self.backbone].poolings[0]

    @property
    def num_iterations(self) -> int:
        """Steps on the first octave, and on each other one."""
        return self.octave_iter

    @property
    def learning_rate(self) -> float:
        """The step, where colours run from 0 to 1."""
        return self.step_size / LEVELS_OF_COLOUR
