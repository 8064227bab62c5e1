"""A painter paints the same as a render of the same pictures, and its key tells checkpoints apart."""

import pytest
import torch
from PIL import Image

from tests.transfer.conftest import iterations
from transfer.engine.step import Step
from transfer.errors import PictureError
from transfer.inputs import Input, Inputs, Role
from transfer.instant.beginning import painter
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

CPU = torch.device("cpu")
RECIPE = StyleRecipe(image_size=140, num_iterations=2)


@pytest.fixture
def given(content, style):
    return Inputs((Input(Role.STYLE, 1, style), Input(Role.CONTENT, 0, content)))


def test_it_paints_what_the_render_of_its_pictures_paints(given, content, style):
    made = painter(given, RECIPE, CPU)
    found = [step.image for step in made.steps() if isinstance(step, Step)]
    network = made.goal.network
    wanted = [step.image for step in iterations(StyleInputs(content, (style,)), RECIPE, network)]
    assert len(found) == len(wanted)
    assert all(torch.equal(one, other) for one, other in zip(found, wanted, strict=True))


def test_it_goes_on_from_a_state_and_looks_back_on_finished_rungs(given):
    made = painter(given, RECIPE, CPU)
    states, images = [], []
    for step in made.steps():
        states.append(step.state)
        images.append(step.image)
        if step.ends_rung:
            break
    assert [step.image.equal(images[-1]) for step in made.finished(states[-1:])] == [True]
    (first, *_), whole = made.steps(resume=states[-1]), list(made.steps())
    assert first.number == 3 <= len(whole)


def test_its_key_does_not_depend_on_the_size(given):
    larger = RECIPE.model_copy(update={"image_size": 400})
    other = RECIPE.model_copy(update={"style_weight": 2.0})
    keys = [painter(given, recipe, CPU).key() for recipe in (RECIPE, larger, other)]
    assert keys[0] == keys[1] != keys[2]


def test_masks_belong_to_the_content_and_to_the_styles_by_their_places(content, style):
    masks = [Image.new("L", content.size, shade) for shade in (1, 2, 3)]
    given = Inputs(
        (
            Input(Role.MASK, 2, masks[2]),
            Input(Role.STYLE, 2, content),
            Input(Role.MASK, 0, masks[0]),
            Input(Role.START, 0, style),
            Input(Role.STYLE, 1, style),
            Input(Role.CONTENT, 0, content),
            Input(Role.MASK, 1, masks[1]),
        )
    )
    assert StyleInputs.of(given) == StyleInputs(content, (style, content), style, masks[0], tuple(masks[1:]))


def test_without_a_content_picture_it_says_so(style):
    with pytest.raises(PictureError, match=r"^A render needs a content picture\.$"):
        painter(Inputs((Input(Role.STYLE, 1, style),)), RECIPE, CPU)
