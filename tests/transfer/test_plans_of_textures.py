"""A plan of a texture says how large it will be, through which sizes it goes, and what its margins take."""

import pytest

from transfer.engine import ladder
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.planning.planner import MIB, Speed
from transfer.recipes.style import StyleRecipe
from transfer.style import planner as of_style
from transfer.style.advice import PictureFacts
from transfer.texture import planner
from transfer.texture.recipe import TextureRecipe

SIZES = {Role.STYLE: [(900, 700)]}
SPEED = Speed(iteration=0.01, look=1e-7, paint=5e-7)


@pytest.mark.parametrize("backbone", ["vgg19-lite", "vgg16-lite", "vgg19"])
def test_it_begins_below_the_ladder_and_climbs_it_then(backbone) -> None:
    recipe = TextureRecipe(image_size=512, backbone=backbone)
    rungs = planner.rungs(recipe)
    assert [rung.index for rung in rungs] == list(range(len(rungs)))
    assert [rung.long_side for rung in rungs[-5:]] == [each.long_side for each in ladder.rungs(recipe)]
    assert rungs[0].long_side == (32 if backbone == "vgg19-lite" else 128)


def test_small_textures_climb_the_same_rungs() -> None:
    large = planner.rungs(TextureRecipe(image_size=1024))
    for side in (64, 128, 256):
        assert planner.rungs(TextureRecipe(image_size=side)) == large[: [r.long_side for r in large].index(side) + 1]


@pytest.mark.parametrize(("wrap", "size"), [("none", (510, 382)), ("x", (512, 382)), ("both", (512, 384))])
def test_sides_that_wrap_are_whole_steps_of_the_network(wrap, size) -> None:
    assert planner.size(TextureRecipe(image_size=510, shape="4:3", wrap=wrap), SIZES) == size


def test_what_wraps_takes_more_at_small_sizes_and_hardly_more_at_large_ones() -> None:
    around, flat = (
        planner.plan(TextureRecipe(image_size=2048, wrap=wrap), SIZES, 4, 4000 * MIB, SPEED)
        for wrap in ("both", "none")
    )
    assert around.rungs[2].overdraw > 1.5 > 1 == flat.rungs[2].overdraw
    assert around.rungs[2].memory > flat.rungs[2].memory
    assert around.rungs[2].seconds > 1.2 * flat.rungs[2].seconds
    assert around.rungs[-1].seconds < 1.15 * flat.rungs[-1].seconds


@pytest.mark.parametrize(
    "recipe", [TextureRecipe(image_size=2048, wrap="both"), TextureRecipe(image_size=64, wrap="x")]
)
def test_with_the_least_memory_there_is_a_plan_and_with_less_there_is_none(recipe) -> None:
    least = planner.least_memory(recipe, SIZES, 4)
    assert planner.plan(recipe, SIZES, 4, least + 1024).memory <= least + 1024
    with pytest.raises(PlanError, match="this machine allows"):
        planner.plan(recipe, SIZES, 4, least - MIB)


def test_a_style_transfer_that_wraps_is_planned_with_its_margins_too() -> None:
    sizes = {Role.CONTENT: [(1000, 500)], **SIZES}
    around, flat = (of_style.plan(StyleRecipe(image_size=362, wrap=wrap), sizes, 4, None) for wrap in ("x", "none"))
    assert [each.size for each in around.rungs] == [(128, 64), (180, 90), (256, 128), (364, 181)]
    assert around.rungs[-1].size[0] % 4 == 0
    assert around.memory > flat.memory


def test_styles_that_disappoint_are_pointed_out() -> None:
    facts = {Role.STYLE: [PictureFacts((200, 150)), PictureFacts((4000, 3000))]}
    assert planner.advice(TextureRecipe(image_size=128), facts) == []
    (said,) = planner.advice(TextureRecipe(image_size=1024), facts)
    assert said.startswith("Style 1 is 200 × 150 px, smaller than the 1024 px asked for")
