import pytest
import torch
from PIL import Image

from tests.transfer.conftest import iterations
from transfer.images import RGB_TO_YIQ, scaled
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


def chroma(image):
    return torch.einsum("yc,bchw->byhw", RGB_TO_YIQ[1:], image)


@pytest.fixture
def paint(content, style, network):
    def painted(content=content, style=style, **fields):
        recipe = StyleRecipe(**{"image_size": 64, "num_iterations": 8, "style_weight": 10} | fields)
        return list(iterations(StyleInputs(content, (style,)), recipe, network))[-1].image

    return painted


def test_the_colours_are_those_of_the_content(paint, content):
    wanted = chroma(scaled(content, (64, 48)))
    kept, free = chroma(paint(original_colors=True)), chroma(paint())
    assert (kept - wanted).abs().mean() < 0.3 * (free - wanted).abs().mean()


def test_a_grey_content_stays_grey(paint, content):
    grey = content.convert("L").convert("RGB")
    image = paint(content=grey, original_colors=True)
    assert torch.allclose(image, image[:, :1].expand_as(image), atol=0.01)


def test_lightness_is_painted_all_the_same(paint, content):
    luma = RGB_TO_YIQ[0]
    free, kept = (torch.einsum("c,bchw->bhw", luma, paint(original_colors=flag)) for flag in (False, True))
    start = torch.einsum("c,bchw->bhw", luma, scaled(content, (64, 48)))
    assert (kept - free).abs().mean() < 0.3 * (kept - start).abs().mean()


def test_without_it_the_colours_of_a_colourful_style_come_into_a_grey_content(paint, content):
    grey = content.convert("L").convert("RGB")
    red = Image.new("RGB", (80, 80), "#d02010")
    free, kept = (paint(content=grey, style=red, num_iterations=20, original_colors=flag) for flag in (False, True))
    redness, none = (float(image[:, 0].mean() - image[:, 2].mean()) for image in (free, kept))
    assert redness > 0.02
    assert abs(none) < 0.1 * redness


def test_what_is_minimised_on_every_rung_is_the_same_with_and_without(content, style, network):
    kept, free = (
        [
            step.losses
            for step in iterations(
                StyleInputs(content, (style,)), StyleRecipe(image_size=150, num_iterations=2, **way), network
            )
        ]
        for way in ({"original_colors": True}, {})
    )
    assert kept == free
