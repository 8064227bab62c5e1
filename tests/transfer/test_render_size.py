import pytest

from tests.transfer.conftest import iterations
from transfer.engine.ladder import fit
from transfer.images import to_picture
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

SHAPES = {"landscape": (96, 64), "portrait": (60, 110), "square": (70, 70), "wide": (400, 20), "tall": (20, 400)}


def last(content, style, network, **fields):
    return list(iterations(StyleInputs(content, (style,)), StyleRecipe(num_iterations=2, **fields), network))[-1].image


@pytest.mark.parametrize("size", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("image_size", [64, 140])
def test_the_long_side_is_the_size_asked_for(draw_content, style, network, size, image_size):
    image = last(draw_content(*size), style, network, image_size=image_size)
    assert image.shape == (1, 3, *fit(size, image_size)[::-1])
    picture = to_picture(image)
    assert max(picture.size) == image_size
    assert (picture.width > picture.height) == (size[0] > size[1])


@pytest.mark.parametrize("size", [(400, 20), (20, 400), (8, 8), (500, 300)])
def test_the_style_may_have_any_shape(content, draw_style, network, size):
    image = last(content, draw_style(*size), network, image_size=64)
    assert image.shape == (1, 3, 48, 64)
    assert image.isfinite().all()


def test_the_shape_of_the_content_is_kept_on_every_rung(draw_content, style, network):
    recipe = StyleRecipe(image_size=181, num_iterations=1)
    for step in iterations(StyleInputs(draw_content(100, 50), (style,)), recipe, network):
        height, width = step.image.shape[2:]
        assert width == step.rung.long_side
        assert abs(width - 2 * height) <= 1


def test_colours_stay_between_nothing_and_everything(content, style, network):
    image = last(content, style, network, image_size=64, learning_rate=1.0)
    assert image.min() >= 0
    assert image.max() <= 1
