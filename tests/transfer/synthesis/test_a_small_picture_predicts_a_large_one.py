import numpy
import pytest
from PIL import Image

from transfer.pausing import finish
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.recipes.base import SynthesisRecipe

NAMES = [name for name, each in GENERATORS.items() if issubclass(each.recipe, SynthesisRecipe)]


def coarse(name, size, seed):
    """The picture on 16 x 16 pixels: what one sees of it from far away."""
    generator = GENERATORS[name]
    made = finish(generator.make(generator.recipe.model_validate({"image_size": size, "seed": seed})))
    small = made.picture.convert("L").resize((16, 16), Image.Resampling.BOX)
    return numpy.asarray(small, dtype=float).ravel()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_at_twice_the_size_is_the_same_picture(name):
    small, large, other = coarse(name, 128, 3), coarse(name, 256, 3), coarse(name, 256, 4)
    alike = numpy.corrcoef(small, large)[0, 1]
    assert alike > 0.8
    assert alike > numpy.corrcoef(small, other)[0, 1] + 0.3
