import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.recipes.base import SynthesisRecipe

NAMES = [name for name, each in GENERATORS.items() if issubclass(each.recipe, SynthesisRecipe)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("shape", "size"), [("1:1", (64, 64)), ("16:9", (101, 57)), ("2:3", (65, 97))])
def test_picture_height_and_labels_are_of_the_size_that_was_asked_for(name, shape, size):
    recipe = GENERATORS[name].recipe.model_validate({"image_size": max(size), "shape": shape})
    made = finish(GENERATORS[name].make(recipe))
    assert made.picture.size == size == recipe.size
    assert made.picture.mode == "RGB"
    beside = [made.height, made.labels and made.labels.values]
    assert all(each.shape == size[::-1] for each in beside if each is not None)


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_seed_is_a_seed_too(name):
    recipe = GENERATORS[name].recipe.model_validate({"image_size": 64, "seed": 2**32 - 1})
    assert numpy.asarray(finish(GENERATORS[name].make(recipe)).picture).std() > 4


@pytest.mark.parametrize("name", NAMES)
def test_what_is_done_only_grows(name):
    done = list(GENERATORS[name].make(GENERATORS[name].recipe.model_validate({"image_size": 64})))
    assert done == sorted(done)
    assert done[0] >= 0
    assert done[-1] <= 1
