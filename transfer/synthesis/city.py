"""Cities: wards, streets, blocks and houses, a river and a ring, as a plan or as seen from the air."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.city_drawing import drawn, labels, weathered
from transfer.synthesis.city_houses import standing
from transfer.synthesis.city_plan import plan
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipe import SynthesisRecipe
from transfer.synthesis.tones import picture


class CityRecipe(SynthesisRecipe):
    """How a city is made."""

    kind: ClassVar[str] = "city"

    look: Literal["aerial", "plan"] = Field(
        "aerial",
        title="Look",
        description="As seen from the air, or as a plan.",
        json_schema_extra=group(ESSENTIALS),
    )
    wards: int = Field(
        60,
        ge=12,
        le=240,
        title="Wards",
        description="How many wards there are: more make a larger city, seen from higher up.",
        json_schema_extra=group(ESSENTIALS),
    )
    sprawl: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Sprawl",
        description="How far the city reaches: 0 leaves an old town among fields, 1 fills the picture.",
        json_schema_extra=group(ESSENTIALS),
    )
    parks: float = Field(
        0.08,
        ge=0,
        le=0.5,
        title="Parks",
        description="What share of the wards outside of the old town are parks.",
        json_schema_extra=group(ESSENTIALS),
    )
    river: bool = Field(
        True,
        title="River",
        description="A river with quays and bridges.",
        json_schema_extra=group(ESSENTIALS),
    )
    ring: Literal["road", "wall", "none"] = Field(
        "road",
        title="Ring",
        description="What surrounds the old town.",
        json_schema_extra=group(ESSENTIALS),
    )


def make(recipe: CityRecipe) -> Making[Made]:
    """A city from above, with labels for houses, water, parks and fields."""
    yield 0.0
    size, long_side = recipe.size, max(recipe.size)
    box = (size[0] / long_side, size[1] / long_side)
    made = plan(box, recipe.wards, recipe.river, recipe.ring != "none", recipe.sprawl, recipe.parks, recipe.seed)
    shapes = list(standing(made, recipe.seed + 1))
    yield 0.2
    image = yield from drawn(made, shapes, size, recipe.look == "aerial", recipe.ring == "wall")
    found = labels(made, size)
    facts = [f"{len(made.blocks)} blocks", f"{len(made.bridges)} bridges"][: 2 if recipe.river else 1]
    yield 0.9
    if recipe.look == "aerial":
        image = picture(weathered(image, recipe.seed))
    return Made(picture=image, labels=found, facts=tuple(facts))
