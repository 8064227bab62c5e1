"""What a panel shows while a preview is made is small, has the preview's shape and about its colours."""

import numpy
import pytest
from PIL import Image

from transfer.pausing import finish
from transfer.synthesis.generators import GENERATORS, Generator

UNLIKE = 60  # levels by which colours may differ, in the mean over a sixteenth of the picture


def colours(picture: Image.Image) -> numpy.ndarray:
    return numpy.asarray(picture.resize((4, 4), Image.Resampling.BOX)).astype(int)


@pytest.mark.parametrize("generator", GENERATORS.values(), ids=GENERATORS)
def test_it_predicts_the_preview(generator: Generator) -> None:
    draws = {"seed": 3} if "seed" in generator.recipe.model_fields else {"place": "italy"}
    recipe = generator.recipe.model_validate({"image_size": 256, **draws})
    sketch, preview = (finish(making(recipe)).picture for making in (generator.sketched, generator.make))

    assert max(sketch.size) == generator.quick
    assert abs(sketch.width / sketch.height - preview.width / preview.height) < 0.05
    assert numpy.abs(colours(sketch) - colours(preview)).max() < UNLIKE


def test_what_is_small_already_is_not_made_larger() -> None:
    ink = GENERATORS["ink"]

    assert finish(ink.sketched(ink.recipe(image_size=96))).picture.size == (96, 96)
