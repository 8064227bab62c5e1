"""Long, narrow pictures keep their shape, and styles seen very small keep a texture."""

import pytest

from transfer.engine.ladder import fit, rungs
from transfer.recipes.style import StyleRecipe
from transfer.style.advice import PictureFacts, advice
from transfer.style.rungs import style_size


@pytest.mark.parametrize("size", [(2000, 100), (100, 2000), (1200, 90)])
def test_a_result_of_512_px_has_the_shape_of_its_content(size):
    width, height = fit(size, 512)
    assert width / height == pytest.approx(size[0] / size[1], rel=0.03)


@pytest.mark.parametrize("size", [(1200, 800), (800, 1200), (3000, 300)])
@pytest.mark.parametrize("scale", [0.1, 1.0, 4.0])
def test_a_style_keeps_its_shape_and_at_least_32_px_on_every_rung(size, scale):
    recipe = StyleRecipe(style_scale=scale, image_size=2048)
    for rung in rungs(recipe):
        width, height = style_size(size, recipe, rung)
        assert min(width, height) >= 31
        assert width / height == pytest.approx(size[0] / size[1], rel=0.03)


def test_a_huge_style_is_never_seen_at_more_than_4_million_pixels():
    recipe = StyleRecipe(style_scale=4.0, image_size=2048)
    for rung in rungs(recipe):
        width, height = style_size((8000, 5000), recipe, rung)
        assert width * height <= 4.01e6


@pytest.mark.parametrize("size", [(2000, 100), (100, 2000), (1200, 70), (640, 64)])
@pytest.mark.parametrize("image_size", [64, 128, 256, 512])
def test_a_result_has_the_shape_of_its_content_or_it_is_said_from_which_size_on(size, image_size):
    facts = PictureFacts(size), [PictureFacts((800, 800))]
    said = [each for each in advice(StyleRecipe(image_size=image_size), *facts) if "to keep its shape" in each]
    width, height = fit(size, image_size)
    keeps_it = width / height == pytest.approx(size[0] / size[1], rel=0.04)
    assert keeps_it != bool(said)
    if said:
        enough = int(said[0].split("choose ")[1].split()[0])
        width, height = fit(size, enough)
        assert width / height == pytest.approx(size[0] / size[1], rel=0.04)
