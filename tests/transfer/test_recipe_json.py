import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from transfer.features.registry import BACKBONES
from transfer.recipes.style import StyleRecipe

SCHEMA = StyleRecipe.model_json_schema()["properties"]


def numbers(name):
    kind = st.integers if SCHEMA[name]["type"] == "integer" else st.floats
    return kind(min_value=SCHEMA[name]["minimum"], max_value=SCHEMA[name]["maximum"])


def shares(fewest, most):
    return st.lists(st.floats(0, 1000), min_size=fewest, max_size=most).filter(sum)


@st.composite
def recipes(draw):
    values = {name: draw(numbers(name)) for name, facts in SCHEMA.items() if facts["type"] in ("integer", "number")}
    values |= {name: draw(st.sampled_from(facts["enum"])) for name, facts in SCHEMA.items() if "enum" in facts}
    values |= {name: draw(st.booleans()) for name, facts in SCHEMA.items() if facts["type"] == "boolean"}
    backbone = BACKBONES[values["backbone"]]
    values["pooling"] = draw(st.sampled_from(backbone.poolings))
    for kind in ("content", "style"):
        named = draw(st.lists(st.sampled_from(backbone.layers), unique=True, max_size=3))
        count = len(named or getattr(backbone, f"{kind}_layers"))
        values[f"{kind}_layers"] = named
        values[f"{kind}_layer_weights"] = draw(st.just([]) | shares(count, count))
    values["style_blend_weights"] = draw(st.just([]) | shares(1, 16))
    return StyleRecipe(**values)


@given(recipes())
def test_a_recipe_comes_back_from_its_json(recipe):
    assert StyleRecipe.from_json(recipe.canonical_json()) == recipe


@given(recipes())
def test_the_canonical_json_of_a_recipe_that_came_back_is_the_same(recipe):
    text = recipe.canonical_json()
    assert StyleRecipe.from_json(text).canonical_json() == text


@given(recipes())
def test_the_order_of_keys_does_not_matter_to_the_canonical_json(recipe):
    turned = dict(reversed(list(json.loads(recipe.canonical_json()).items())))
    assert StyleRecipe(**turned).canonical_json() == recipe.canonical_json()


def test_canonical_json_has_sorted_keys_every_field_and_no_white_space():
    text = StyleRecipe().canonical_json()
    keys = list(json.loads(text))
    assert keys == sorted([*StyleRecipe.model_fields, "kind", "version"])
    assert not any(character.isspace() for character in text)


@pytest.mark.parametrize("name", [name for name, facts in SCHEMA.items() if facts.get("minimum") == 0])
def test_minus_zero_is_written_as_zero(name):
    positive, negative = StyleRecipe(**{name: 0}), StyleRecipe(**{name: -0.0})
    assert positive == negative
    assert positive.canonical_json() == negative.canonical_json()


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "1", "{", '{"image_size": 1e999}', '{"seed": NaN}', '{"colour": 1}', "[" * 10_000]
)
def test_json_that_is_no_recipe_is_refused(text):
    with pytest.raises(ValidationError):
        StyleRecipe.from_json(text)


def test_json_may_leave_fields_out():
    assert StyleRecipe.from_json('{"image_size": 256}') == StyleRecipe(image_size=256)
