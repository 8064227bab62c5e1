"""What stays warm between instant pictures changes none of them."""

import pytest
from PIL import Image, ImageChops

from tests.transfer.instant import CPU, inputs_of, painted
from transfer.errors import PictureError
from transfer.images import to_picture
from transfer.instant import warm as module
from transfer.instant.recipe import InstantRecipe
from transfer.instant.warm import Warm
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import View


@pytest.fixture(scope="module")
def warm():
    return Warm(CPU)


@pytest.fixture
def viewed(monkeypatch):
    """The sizes of styles that are viewed for their moments."""
    found = []

    def noted(*arguments):
        found.append(arguments[1].size)
        return View(*arguments)

    monkeypatch.setattr("transfer.style.targets.View", noted)
    return found


@pytest.mark.parametrize("fields", [{}, {"original_colors": True}, {"match_colors": True}, {"regions": "automatic"}])
def test_a_picture_is_that_of_the_render(warm, content, style, fields):
    for _ in range(2):
        picture = warm.picture(inputs_of(content, style), InstantRecipe(image_size=140, **fields))
        assert picture.tobytes() == to_picture(painted(content, style, image_size=140, **fields)).tobytes()


def test_a_style_is_viewed_once_at_each_size(warm, content, style, viewed):
    style = ImageChops.invert(style)
    for strength in (0.4, 0.5, 0.6):
        warm.picture(inputs_of(content, style), InstantRecipe(image_size=140, strength=strength))
    assert len(viewed) == len(set(viewed)) <= 2


def test_pictures_are_prepared_once_whatever_a_slider_says(warm, content, style, monkeypatch):
    found, prepared = [], StyleInputs.prepared
    monkeypatch.setattr(StyleInputs, "prepared", lambda *given: found.append(given) or prepared(*given))
    given = inputs_of(content, style, ImageChops.invert(style))
    asked = {"image_size": 140, "original_colors": False, "style_blend_weights": (1.0, 1.0)}
    changes = {
        "strength": 0.9,
        "style_scale": 0.5,
        "style_blend_weights": (1.0, 4.0),
        "seed": 3,
        "original_colors": True,
    }
    for name, value in [("image_size", 64), *changes.items()]:
        recipe = InstantRecipe(**asked | {name: value})
        assert warm.picture(given, recipe).tobytes() == Warm(CPU).picture(given, recipe).tobytes()
        warm.picture(given, InstantRecipe(**asked))
    assert sum(each[0].content is content for each in found) == 1 + 1 + len(changes)


def test_what_is_wrong_with_a_recipe_is_said_of_pictures_that_are_known_too(warm, content, style):
    given = inputs_of(content, style)
    warm.picture(given, InstantRecipe(image_size=64))
    with pytest.raises(PictureError, match="There are 2 style_blend_weights for 1 styles"):
        warm.picture(given, InstantRecipe(image_size=64, style_blend_weights=(1.0, 2.0)))


def test_the_moments_that_were_asked_for_last_stay(content, monkeypatch):
    monkeypatch.setattr(module, "MOST_STYLES", 2)
    warm = Warm(CPU)
    for colour in ("red", "green", "blue"):
        warm.picture(inputs_of(content, Image.new("RGB", (64, 64), colour)), InstantRecipe(image_size=64))
    assert len(warm.known) == 2


def test_equal_styles_of_other_regions_are_not_mixed_up(warm, content, style):
    masks = []
    for each in (content, style):
        mask = Image.new("L", each.size, 0)
        mask.paste(1, (0, 0, mask.width // 2, mask.height))
        masks.append(mask)
    turned = masks[1].transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    recipe = InstantRecipe(image_size=64, regions="masks")
    one, other = (
        warm.picture(inputs_of(content, style, masks=(masks[0], each)), recipe) for each in (masks[1], turned)
    )
    assert one.tobytes() != other.tobytes()
