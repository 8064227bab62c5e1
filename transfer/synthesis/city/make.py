"""Cities: wards, streets, blocks and houses, a river and a ring, as a plan or as seen from the air."""

from transfer.synthesis.city.drawing import drawn, labels, weathered
from transfer.synthesis.city.houses import Layer, Shape, standing
from transfer.synthesis.city.plan import Plan, Use, plan
from transfer.synthesis.fields.tones import picture
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.city import CityRecipe

SKETCHED = {
    Use.OLD: "tiles", Use.INNER: "brown tiles", Use.OUTER: "garden", Use.PARK: "lawn", Use.FIELD: "grass",
    Use.WOOD: "tree",
}  # fmt: skip


def make(recipe: CityRecipe) -> Making[Made]:
    """A city from above, with labels for houses, water, parks and fields."""
    yield 0.0
    size, long_side = recipe.size, max(recipe.size)
    made = _planned(recipe)
    shapes = list(standing(made, recipe.seed + 1, 1 / long_side))
    yield 0.2
    image = yield from drawn(made, shapes, size, recipe.look == "aerial", recipe.ring == "wall")
    found = labels(made, size)
    facts = [f"{len(made.blocks)} blocks", f"{len(made.bridges)} bridges"][: 2 if recipe.river else 1]
    yield 0.9
    if recipe.look == "aerial":
        image = picture(weathered(image, recipe.seed))
    return Made(picture=image, labels=found, facts=tuple(facts))


def sketch(recipe: CityRecipe) -> Making[Made]:
    """Its streets and what each block is for, without houses."""
    yield 0.0
    made = _planned(recipe)
    yield 0.5
    shapes = [Shape(Layer.BLOCK, block, SKETCHED[use]) for use, block in made.blocks]
    return Made((yield from drawn(made, shapes, recipe.size, recipe.look == "aerial", recipe.ring == "wall")))


def _planned(recipe: CityRecipe) -> Plan:
    long_side = max(recipe.size)
    box = (recipe.size[0] / long_side, recipe.size[1] / long_side)
    return plan(box, recipe.wards, recipe.river, recipe.ring != "none", recipe.sprawl, recipe.parks, recipe.seed)
