import pytest
from PIL import Image

from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

FLAT = {
    "white": Image.new("RGB", (40, 60), "white"),
    "black": Image.new("RGB", (60, 40), "black"),
    "red": Image.new("RGB", (60, 40), "red"),
    "one_pixel": Image.new("RGB", (1, 1), "#406080"),
}


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
@pytest.mark.parametrize("flat", FLAT.values(), ids=FLAT)
def test_a_flat_content_takes_a_style(flat, style, network, style_loss):
    steps = list(
        render(
            StyleInputs(flat, (style,)), StyleRecipe(image_size=64, num_iterations=3, style_loss=style_loss), network
        )
    )
    assert steps[-1].image.isfinite().all()
    assert steps[-1].image.std() > 0


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
@pytest.mark.parametrize("flat", FLAT.values(), ids=FLAT)
def test_a_flat_style_is_a_style(flat, content, network, style_loss):
    steps = list(
        render(
            StyleInputs(content, (flat,)), StyleRecipe(image_size=64, num_iterations=3, style_loss=style_loss), network
        )
    )
    assert steps[-1].image.isfinite().all()
    assert steps[-1].losses["style"] < 10


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_a_flat_picture_in_its_own_style_stays_nearly_as_it_is(network, style_loss):
    grey = Image.new("RGB", (50, 50), "#808080")
    steps = list(
        render(
            StyleInputs(grey, (grey,)), StyleRecipe(image_size=64, num_iterations=20, style_loss=style_loss), network
        )
    )
    assert abs(steps[-1].image - 128 / 255).mean() < 0.1
