"""Instant pictures: one pass takes the style's colours and textures, and keeps the content's shapes."""

import pytest
import torch
from PIL import Image

from tests.transfer.instant import apart, painted
from transfer.features.moments import moments
from transfer.images import to_tensor
from transfer.losses.wasserstein import WassersteinTarget


@pytest.fixture(scope="module")
def pictures(network):
    """A content of 128 x 96 px and a style."""
    from tests.transfer.conftest import scenery, strokes

    return scenery(128, 96), strokes(128, 128)


@pytest.fixture(scope="module")
def image(pictures):
    return painted(*pictures, image_size=128)


def distance(network, image, style, layer):
    target = WassersteinTarget(moments(network(to_tensor(style))[layer]))
    return float(target.distance(moments(network(image)[layer])))


@pytest.mark.parametrize(("layer", "left"), [("relu1_1", 0.3), ("relu2_1", 0.45), ("relu3_1", 0.85)])
def test_its_features_are_distributed_more_as_the_styles_are(network, pictures, image, layer, left):
    content, style = pictures
    before = distance(network, to_tensor(content), style, layer)
    assert distance(network, image, style, layer) < left * before


def test_edges_stay_where_they_were(pictures, image):
    def edges(each):
        grey = each.mean(1, keepdim=True)
        return torch.nn.functional.avg_pool2d(grey, 4).diff(dim=3).abs().flatten()

    found = torch.stack([edges(image), edges(to_tensor(pictures[0]))])
    assert float(torch.corrcoef(found)[0, 1]) > 0.4


def test_it_is_a_picture_of_the_size_that_was_asked_for(image):
    assert image.shape == (1, 3, 96, 128)
    assert 0 <= float(image.min()) <= float(image.max()) <= 1


@pytest.mark.parametrize("size", [(70, 101), (101, 70), (66, 64)])
def test_sides_need_not_be_multiples_of_anything(draw_content, draw_style, size):
    image = painted(draw_content(*size), draw_style(80, 80), image_size=max(size))
    assert image.shape == (1, 3, size[1], size[0])


def test_another_seed_gives_another_picture_and_the_same_seed_the_same(content, style):
    one, again, other = (painted(content, style, image_size=64, seed=seed) for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert apart(one, other) > 0.001


@pytest.mark.parametrize(("content_colour", "style_colour"), [("red", None), (None, "blue"), ("red", "blue")])
def test_pictures_of_one_colour_do_no_harm(content, style, content_colour, style_colour):
    content = content if content_colour is None else Image.new("RGB", (96, 72), content_colour)
    style = style if style_colour is None else Image.new("RGB", (80, 80), style_colour)
    image = painted(content, style, image_size=96)
    assert bool(image.isfinite().all())
    if style_colour:
        assert apart(image, torch.tensor([0.0, 0.0, 1.0]).view(1, 3, 1, 1).expand_as(image)) < 0.15


def test_it_can_keep_the_contents_colours(content, style):
    kept = painted(content, style, image_size=96, original_colors=True)
    chroma = kept - kept.mean(1, keepdim=True)
    wanted = to_tensor(content) - to_tensor(content).mean(1, keepdim=True)
    assert apart(chroma, wanted) < 0.08


def test_grey_pictures_give_a_grey_one(content, style):
    grey = [each.convert("L").convert("RGB") for each in (content, style)]
    for quality in ("instant", "draft"):
        image = painted(*grey, image_size=64, quality=quality)
        assert float((image.amax(1) - image.amin(1)).max()) < 2 / 255
