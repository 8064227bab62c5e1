"""What a dream takes is known beforehand: no more memory than a render, and as long as its layers are deep."""

from transfer.dream import planner
from transfer.dream.recipe import DreamRecipe
from transfer.inputs import Role
from transfer.planning.planner import Speed
from transfer.recipes.style import StyleRecipe
from transfer.style import planner as style_planner
from transfer.style.advice import PictureFacts

GIB = 2**30
SIZES = {Role.CONTENT: [(1600, 1200)]}
SPEED = Speed(iteration=0.01, look=1e-7, paint=1e-5)


def test_a_dream_of_4096_px_fits_into_the_memory_of_a_render_of_4096_px():
    style, sizes = StyleRecipe(image_size=4096), {**SIZES, Role.STYLE: [(800, 600)]}
    taken = style_planner.plan(style, sizes, 4, 5 * GIB // 2).memory
    shallow, deep = (DreamRecipe(image_size=4096, backbone=each) for each in ("vgg19-lite", "vgg16-lite"))

    assert planner.least_memory(shallow, SIZES, 4) <= style_planner.least_memory(style, sizes, 4)
    assert planner.plan(deep, SIZES, 4, taken).memory <= taken


def test_the_plan_has_every_octave_and_takes_longer_for_more_and_deeper():
    def seconds(**changes):
        return planner.plan(DreamRecipe(image_size=512, **changes), SIZES, 4, 2 * GIB, SPEED).seconds

    assert [rung.size for rung in planner.plan(DreamRecipe(), SIZES, 4).rungs] == [
        (256, 192),
        (362, 272),
        (512, 384),
    ]
    assert seconds(octave_iter=20) > 1.5 * seconds()
    assert seconds(octave_scale="1.26") > seconds() > seconds(octave_scale="2")
    assert seconds(dream_layers="relu1_1") < 0.8 * seconds()


def test_it_says_what_will_disappoint():
    small = {Role.CONTENT: [PictureFacts((300, 200))]}
    (told,) = planner.advice(DreamRecipe(image_size=512), small)
    assert told.startswith("The content picture is 300 × 200 px, smaller than the 512 px asked for")

    guided = {Role.CONTENT: [PictureFacts((600, 400))], Role.GUIDE: [PictureFacts((90, 90))]}
    assert planner.advice(DreamRecipe(), guided) == []
    (told,) = planner.advice(DreamRecipe(channels=(3,)), guided)
    assert "the channels do nothing" in told
