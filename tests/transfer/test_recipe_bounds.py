import math

import pytest
from pydantic import ValidationError

from transfer.recipes.style import StyleRecipe

SCHEMA = StyleRecipe.model_json_schema()["properties"]
NUMBERS = [name for name, facts in SCHEMA.items() if facts["type"] in ("integer", "number")]


def test_there_are_numbers_to_bound():
    assert {"image_size", "style_weight", "learning_rate", "seed"} <= set(NUMBERS)


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_takes_its_bounds_and_nothing_beyond(name):
    lowest, highest = SCHEMA[name]["minimum"], SCHEMA[name]["maximum"]
    for value in (lowest, highest):
        assert getattr(StyleRecipe(**{name: value}), name) == value
    whole = SCHEMA[name]["type"] == "integer"
    below, above = (lowest - 1, highest + 1) if whole else (math.nextafter(lowest, -math.inf), highest * 1.000001)
    for value in (below, above):
        with pytest.raises(ValidationError) as refused:
            StyleRecipe(**{name: value})
        assert refused.value.errors()[0]["loc"] == (name,)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, "inf", "nan"])
def test_no_number_is_infinite_or_not_a_number(name, value):
    with pytest.raises(ValidationError):
        StyleRecipe(**{name: value})


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_may_come_as_the_text_of_a_flag_or_a_form(name):
    default = StyleRecipe.model_fields[name].default
    assert StyleRecipe(**{name: str(default)}) == StyleRecipe()


def test_a_size_that_is_no_whole_number_is_refused():
    with pytest.raises(ValidationError):
        StyleRecipe(image_size=128.5)


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError, match="stile_weight"):
        StyleRecipe(stile_weight=1)


@pytest.mark.parametrize(("name", "value"), [("backbone", "vgg11"), ("style_loss", "cosine"), ("init", "black")])
def test_a_word_that_is_no_choice_is_refused(name, value):
    with pytest.raises(ValidationError):
        StyleRecipe(**{name: value})


def test_a_recipe_cannot_be_changed():
    recipe = StyleRecipe()
    with pytest.raises(ValidationError, match="frozen"):
        recipe.image_size = 256
    assert recipe == StyleRecipe()


def test_equal_recipes_have_equal_hashes():
    assert hash(StyleRecipe(image_size=256)) == hash(StyleRecipe(image_size="256"))
    assert len({StyleRecipe(), StyleRecipe(seed=1), StyleRecipe(seed=1)}) == 2
