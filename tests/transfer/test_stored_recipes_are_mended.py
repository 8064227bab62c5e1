"""A stored recipe can be read whatever happened to its fields, with remarks on what was repaired."""

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from transfer import kinds
from transfer.errors import KindError
from transfer.kinds import stored
from transfer.recipes.stored import UnknownRecipe, mended
from transfer.recipes.style import StyleRecipe

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from([*StyleRecipe.model_fields, "kind", "version", "colour"])


class SecondRecipe(StyleRecipe):
    version: ClassVar[int] = 2
    renamed: ClassVar[dict[str, str]] = {"manner": "strength"}


@given(st.dictionaries(names, anything) | anything)
def test_whatever_was_stored_becomes_a_recipe(values):
    found = stored(values)
    assert isinstance(found.recipe, StyleRecipe | UnknownRecipe)


@given(st.dictionaries(names, anything))
def test_what_was_mended_once_needs_no_mending_again(values):
    once = stored(values)
    if isinstance(once.recipe, StyleRecipe):
        assert stored(once.recipe.model_dump(mode="json")).recipe == once.recipe
        assert stored(once.recipe.model_dump(mode="json")).remarks == ()


def test_a_recipe_without_a_kind_is_of_style_and_nothing_is_said():
    assert stored({"image_size": 256}) == kinds.Mended(StyleRecipe(image_size=256))


def test_what_a_recipe_stores_it_reads_without_a_remark():
    recipe = StyleRecipe(strength=0.25, style_layers=("relu1_1",))
    assert stored(recipe.model_dump(mode="json")) == kinds.Mended(recipe)


@pytest.mark.parametrize(
    ("values", "expected", "remark"),
    [
        ({"colour": "blue"}, {}, "“colour” is unknown here and was left out."),
        ({"image_size": 10**6}, {"image_size": 16384}, "Size cannot be “1000000” here: it is 16384."),
        ({"strength": -1}, {"strength": 0}, "Strength cannot be “-1” here: it is 0.0."),
        ({"num_iterations": 3.7}, {"num_iterations": 4}, "Iterations cannot be “3.7” here: it is 4."),
        ({"optimizer": "sgd"}, {}, "Optimizer cannot be “sgd” here: it is the default."),
        ({"strength": float("nan")}, {}, "Strength cannot be “nan” here: it is the default."),
        ({"style_layers": ["relu9_9"]}, {}, "Style layers cannot be “['relu9_9']” here: it is the default."),
    ],
    ids=str,
)
def test_it_is_said_what_was_mended(values, expected, remark):
    found = stored({"seed": 5, **values})
    assert found.recipe == StyleRecipe(seed=5, **expected)
    assert found.remarks == (remark,)


def test_a_field_that_was_renamed_keeps_its_value():
    found = mended(SecondRecipe, {"manner": 0.75})
    assert (found.recipe.strength, found.remarks) == (0.75, ())


def test_a_newer_version_is_told_of():
    (remark,) = stored({"version": 7, "strength": 0.75}).remarks
    assert "newer version (7" in remark


def test_what_is_asked_for_has_to_be_right():
    for wrong in ({"colour": "blue"}, {"image_size": 10**6}, {"version": 7}):
        with pytest.raises(ValidationError):
            kinds.asked(wrong)
    with pytest.raises(KindError, match="no kind of work called mosaic"):
        kinds.asked({"kind": "mosaic"})


def test_a_recipe_of_an_unknown_kind_is_kept_as_it_was():
    values = {"kind": "mosaic", "version": 3, "image_size": 300, "stones": [1, 2]}
    found = stored(values)
    assert found.recipe.image_size == 300
    assert found.recipe.model_dump(mode="json") == values
    assert found.remarks == ("This installation does not know the kind of work “mosaic”.",)


def test_a_file_that_claims_to_be_of_this_version_has_to_be_right():
    with pytest.raises(ValidationError):
        kinds.from_file({"image_size": 10**9})
    assert kinds.from_file({"version": 7, "image_size": 10**9}).recipe == StyleRecipe(image_size=16384)
