"""What maps of hexagons and of blocks are asked for with. Loads no SciPy, since every process reads it."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe

CLIMATE = "climate"


class GroundRecipe(SynthesisRecipe):
    """What land is asked for with, however it is drawn."""

    ground: Literal["world", "island"] = Field(
        "world",
        title="Land",
        description="Continents in a sea, or one island with a volcano.",
        json_schema_extra=group(ESSENTIALS),
    )
    land: float = Field(
        0.5,
        ge=0.05,
        le=0.95,
        title="Share of land",
        description="How much of the map is not sea.",
        json_schema_extra=group(ESSENTIALS),
    )
    temperature: float = Field(
        0.0,
        ge=-30,
        le=30,
        title="Warmer by",
        description="Degrees that are added to the climate; below 0 it is colder.",
        json_schema_extra=group(CLIMATE),
    )
    moisture: float = Field(
        1.0,
        ge=0,
        le=2,
        title="Moisture",
        description="How wet the climate is; 0 is dry everywhere.",
        json_schema_extra=group(CLIMATE),
    )


class HexagonsRecipe(GroundRecipe):
    """How a map of hexagons is made."""

    kind: ClassVar[str] = "hexagons"

    across: int = Field(
        32,
        ge=4,
        le=128,
        title="Hexagons",
        description="How many hexagons lie along the long side.",
        json_schema_extra=group(ESSENTIALS),
    )
    stand: Literal["pointed", "flat"] = Field(
        "pointed",
        title="Hexagons stand",
        description="On a corner (pointed), or on an edge (flat).",
        json_schema_extra=group(ESSENTIALS),
    )
    outlines: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Outlines",
        description="How dark the lines between hexagons are.",
        json_schema_extra=group(ESSENTIALS),
    )
    signs: bool = Field(
        True,
        title="Signs",
        description="Trees, mountains and towns on the hexagons.",
        json_schema_extra=group(ESSENTIALS),
    )


class BlocksRecipe(GroundRecipe):
    """How a block map is made."""

    kind: ClassVar[str] = "blocks"

    across: int = Field(
        128,
        ge=64,
        le=512,
        title="Blocks",
        description="How many blocks lie along the long side.",
        json_schema_extra=group(ESSENTIALS),
    )
    texture: float = Field(
        0.6,
        ge=0,
        le=1,
        title="Texture",
        description="How rough the blocks' surfaces are; 0 is flat colour.",
        json_schema_extra=group(ESSENTIALS),
    )
    villages: bool = Field(
        True,
        title="Villages",
        description="Houses, paths and fields where the land has cities.",
        json_schema_extra=group(ESSENTIALS),
    )
