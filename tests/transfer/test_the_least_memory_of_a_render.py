"""The least memory for a render is known: with it there is a plan, with less there is none."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.planning.planner import MIB
from transfer.recipes.style import StyleRecipe
from transfer.style.planner import least_memory, plan

sizes = st.tuples(st.integers(64, 6000), st.integers(64, 6000)).filter(lambda size: max(size) <= 20 * min(size))
recipes = st.builds(
    StyleRecipe,
    image_size=st.integers(64, 900),
    backbone=st.sampled_from(["vgg19-lite", "vgg16-lite", "vgg16", "vgg19"]),
    optimizer=st.sampled_from(["adam", "lbfgs"]),
    regions=st.sampled_from(["none", "automatic"]),
)


@settings(max_examples=25, deadline=None)
@given(recipes, sizes, st.sampled_from([2, 4]))
@example(StyleRecipe(image_size=64), (64, 64), 2)
@example(StyleRecipe(image_size=512, backbone="vgg19"), (6000, 300), 4)
@example(StyleRecipe(image_size=900), (6000, 300), 2)
def test_with_it_there_is_a_plan_and_with_less_there_is_none(recipe, content, width):
    pictures = {Role.CONTENT: [content], Role.STYLE: [(400, 300)]}
    least = least_memory(recipe, pictures, width)

    plan(recipe, pictures, width, least + 1024)
    with pytest.raises(PlanError):
        plan(recipe, pictures, width, least - MIB)


@given(recipes, sizes)
@settings(max_examples=20, deadline=None)
def test_wider_numbers_need_more(recipe, content):
    wide, narrow = (least_memory(recipe, {Role.CONTENT: [content]}, width) for width in (4, 2))
    assert wide > narrow
