"""What a picture of the Earth is asked for with."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from transfer.credits import PUBLIC_DOMAIN, Credit
from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SizedRecipe
from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.places import PLACES, Name, place_of

Layer = Literal["satellite", "terrain", "relief"]
EDGES = ("west", "south", "east", "north")
CREDITS: Mapping[Layer, Credit] = {
    "satellite": Credit(author="NASA Earth Observatory", source="Blue Marble Next Generation", licence=PUBLIC_DOMAIN),
    "terrain": Credit(
        author="NOAA", source="ETOPO1, Amante and Eakins, 2009, DOI 10.7289/V5C8276M", licence=PUBLIC_DOMAIN
    ),
    "relief": Credit(author="Natural Earth", source="Shaded relief", licence=PUBLIC_DOMAIN),
}
WHOLE = 360.0  # degrees of longitude
SMALLEST, LONGEST = 1.0, 8.0  # degrees that a box has at least, and how many times one side may be the other


class EarthRecipe(SizedRecipe):
    """Which part of the Earth is shown, and how."""

    kind: ClassVar[str] = "earth"
    matters_with: ClassVar[Mapping[str, tuple[str, str]]] = dict.fromkeys(
        ("west", "south", "east", "north"), ("place", "")
    )

    place: Name | Literal[""] = Field(
        "",
        title="Place",
        description="A place by its name; without one, the box counts.",
        json_schema_extra=group(ESSENTIALS),
    )
    layer: Layer = Field(
        "satellite",
        title="Layer",
        description="satellite: as seen from above; terrain: heights and depths in colours; relief: shaded land cover.",
        json_schema_extra=group(ESSENTIALS),
    )
    west: float = Field(
        -89.0,
        ge=-180,
        le=180,
        title="West",
        description="Longitude of the box's left edge in degrees.",
        json_schema_extra=group(ESSENTIALS),
    )
    south: float = Field(
        8.0,
        ge=-90,
        le=90,
        title="South",
        description="Latitude of its lower edge.",
        json_schema_extra=group(ESSENTIALS),
    )
    east: float = Field(
        -59.0,
        ge=-180,
        le=180,
        title="East",
        description="Longitude of its right edge; less than West where the box lies across the date line.",
        json_schema_extra=group(ESSENTIALS),
    )
    north: float = Field(
        27.0,
        ge=-90,
        le=90,
        title="North",
        description="Latitude of its upper edge.",
        json_schema_extra=group(ESSENTIALS),
    )

    @field_validator("east")
    @classmethod
    def _is_right_of_west(cls, value: float, info: ValidationInfo) -> float:
        given = info.data
        if given.get("place") != "" or "west" not in given:
            return value
        if value == given["west"] or Box(given["west"], 0, value, 1).degrees[0] < SMALLEST:
            raise ValueError(f"The box has no width: make it at least {SMALLEST:g} degree wide.")
        return value

    @field_validator("north")
    @classmethod
    def _is_above_south(cls, value: float, info: ValidationInfo) -> float:
        given = info.data
        if given.get("place") != "" or not {"west", "south", "east"} <= given.keys():
            return value
        if value <= given["south"]:
            raise ValueError(f"North ({value:g}) must be more than south ({given['south']:g}).")
        if value - given["south"] < SMALLEST:
            raise ValueError(f"The box has no height: make it at least {SMALLEST:g} degree high.")
        ratio = Box(given["west"], given["south"], given["east"], value).ratio
        if not 1 / LONGEST <= ratio <= LONGEST:
            raise ValueError(f"The box is too thin: make one side at most {LONGEST:g} times the other.")
        return value

    @property
    def box(self) -> Box:
        """What is shown, in degrees."""
        if self.place != "":
            return PLACES[self.place].box
        return Box(self.west, self.south, self.east, self.north)

    @property
    def title(self) -> str:
        """The place as people call it, or the corners of the box."""
        if self.place != "":
            return PLACES[self.place].title
        return self.box.title

    @property
    def called(self) -> str:
        """What people would call the picture: the place that it mostly shows, if that is one with a name."""
        found = PLACES[self.place] if self.place != "" else place_of(self.box)
        return found.title if found else "A piece of the Earth"

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels: the box in its true shape, as it is at its middle latitude."""
        return self.box.size(self.image_size)

    @property
    def goes_round(self) -> bool:
        """See `MadeRecipe`."""
        return self.box.degrees[0] == WHOLE

    @property
    def credit(self) -> Credit:
        """Whose the picture is: a crop of one that was published."""
        return CREDITS[self.layer]
