import numpy
import pytest
import torch
from PIL import Image

from transfer.images import to_tensor
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.colors import with_colors_matched
from transfer.style.inputs import StyleInputs


def levels(image):
    return numpy.asarray(image, dtype=numpy.float64).reshape(-1, 3) / 255


def cloud(seed, width, height, spread=0.15):
    """A picture with colours spread evenly around a grey; each channel is mixed with the others."""
    random = numpy.random.default_rng(seed)
    mixture = random.uniform(-1, 1, (3, 3))
    found = 0.5 + spread * random.uniform(-1, 1, (height, width, 3)) @ mixture + 0.05 * random.uniform(-1, 1, 3)
    return Image.fromarray((found.clip(0, 1) * 255).round().astype(numpy.uint8))


def test_mean_and_covariance_become_those_wanted():
    picture, wanted = cloud(1, 60, 50), cloud(2, 40, 70)
    found = with_colors_matched(picture, wanted)
    assert numpy.allclose(levels(found).mean(0), levels(wanted).mean(0), atol=1e-3)
    goal = numpy.cov(levels(wanted).T)
    assert numpy.allclose(numpy.cov(levels(found).T), goal, atol=0.01 * numpy.trace(goal))
    assert not numpy.allclose(numpy.cov(levels(picture).T), goal, atol=0.1 * numpy.trace(goal))


def test_the_result_has_the_size_of_the_picture_and_not_of_what_is_wanted():
    assert with_colors_matched(cloud(1, 60, 50), cloud(2, 40, 70)).size == (60, 50)


def test_with_its_own_colours_a_picture_stays_as_it_is(style):
    moved = levels(with_colors_matched(style, style)) - levels(style)
    assert numpy.abs(moved).max() < 1.5 / 255


def test_places_keep_the_order_of_their_lightness(style, content):
    def lightness(image):
        return levels(image).sum(1)

    found = lightness(with_colors_matched(style, content))
    assert numpy.corrcoef(found, lightness(style))[0, 1] > 0.8


@pytest.mark.parametrize("size", [(1, 1), (20, 30)], ids=str)
def test_a_flat_picture_becomes_the_mean_of_what_is_wanted(content, size):
    found = levels(with_colors_matched(Image.new("RGB", size, "#d02010"), content))
    assert numpy.allclose(found, levels(content).mean(0), atol=1 / 255)


@pytest.mark.parametrize("size", [(1, 1), (20, 30)], ids=str)
def test_what_is_wanted_may_be_flat(style, size):
    found = levels(with_colors_matched(style, Image.new("RGB", size, "#40c080")))
    assert numpy.allclose(found.mean(0), [0x40 / 255, 0xC0 / 255, 0x80 / 255], atol=2 / 255)
    assert found.std(0).max() < 2 / 255


def test_a_grey_picture_becomes_no_noise(content, style):
    found = levels(with_colors_matched(style.convert("L").convert("RGB"), content))
    assert numpy.allclose(found.mean(0), levels(content).mean(0), atol=0.02)
    assert (found.std(0) < 1.5 * levels(content).std(0)).all()


@pytest.fixture
def paint(content, style, network):
    def painted(**fields):
        recipe = StyleRecipe(image_size=64, num_iterations=25, style_weight=10, **fields)
        return list(render(StyleInputs(content, (style,)), recipe, network))[-1].image

    return painted


def test_a_render_with_matched_colours_keeps_the_mean_colours_of_the_content(paint, content):
    wanted = to_tensor(content).mean((2, 3))
    matched, free = (float((paint(match_colors=flag).mean((2, 3)) - wanted).abs().max()) for flag in (True, False))
    assert matched < 0.5 * free


def test_a_render_with_matched_colours_is_one_with_a_style_that_was_recoloured_before(paint, content, style, network):
    recoloured = StyleInputs(content, (with_colors_matched(style, content),))
    recipe = StyleRecipe(image_size=64, num_iterations=25, style_weight=10)
    assert torch.equal(list(render(recoloured, recipe, network))[-1].image, paint(match_colors=True))


def test_regions_are_found_in_the_styles_own_colours(content, style):
    fields = {"regions": "automatic", "region_count": 3}
    matched, free = (
        StyleInputs(content, (style,)).prepared(StyleRecipe(match_colors=flag, **fields)) for flag in (True, False)
    )
    assert matched.style_masks[0].tobytes() == free.style_masks[0].tobytes()
    assert matched.styles[0].tobytes() != free.styles[0].tobytes()
