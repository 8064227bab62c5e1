"""Every unusable mask is refused with one sentence, before anything is painted."""

import numpy
import pytest
from PIL import Image

from transfer.errors import MaskError, PictureError
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.regions import open_mask

CONTENT, STYLE = (96, 72), (80, 80)
RECIPE = StyleRecipe(image_size=64, num_iterations=1, regions="masks")


def mask(size, *labels):
    """Vertical stripes, one for each label."""
    columns = numpy.arange(size[0]) * len(labels) // size[0]
    return Image.fromarray(numpy.array(labels, dtype=numpy.uint8)[columns][None].repeat(size[1], 0))


UNFIT = {
    "a content mask of another size": (
        mask((95, 72), 1, 2), mask(STYLE, 1, 2), r"mask of the content is 95 x 72 px and its picture 96 x 72"
    ),
    "a style mask of another size": (
        mask(CONTENT, 1, 2), mask(CONTENT, 1, 2), r"mask of the style 1 is 96 x 72 px and its picture 80 x 80"
    ),
    "nine labels": (mask(CONTENT, *range(9)), mask(STYLE, *range(8)), r"has 9 labels, and eight are the most"),
    "nine labels in the style": (mask(CONTENT, 0), mask(STYLE, *range(9)), r"has 9 labels, and eight are the most"),
    "a label that no style has": (
        mask(CONTENT, 1, 2, 5), mask(STYLE, 1), r"No style has a region for labels 2, 5 of the content mask"
    ),
    "a label that the content does not have": (
        mask(CONTENT, 1), mask(STYLE, 1, 4), r"The content has no region for label 4 of the style masks"
    ),
}  # fmt: skip


def is_one_sentence(text):
    return text.endswith(".") and "\n" not in text and "Error" not in text


@pytest.mark.parametrize(("content_mask", "style_mask", "complaint"), UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_is_refused_before_anything_is_painted(
    content, style, network, content_mask, style_mask, complaint
):
    inputs = StyleInputs(content, (style,), content_mask=content_mask, style_masks=(style_mask,))
    with pytest.raises(MaskError, match=complaint) as refused:
        next(render(inputs, RECIPE, network))
    assert is_one_sentence(str(refused.value))


@pytest.mark.parametrize("styles", [1, 2])
@pytest.mark.parametrize("given", [{}, {"content_mask": mask(CONTENT, 1)}, {"style_masks": (mask(STYLE, 1),)}], ids=len)
def test_masks_that_are_missing_are_asked_for(content, style, styles, given):
    with pytest.raises(PictureError, match="give a content mask and one mask for each style") as refused:
        StyleInputs(content, (style,) * styles, **given).prepared(RECIPE)
    assert is_one_sentence(str(refused.value))


def test_eight_labels_are_not_too_many(content, style):
    every = {"content_mask": mask(CONTENT, *range(8)), "style_masks": (mask(STYLE, *range(8)),)}
    assert StyleInputs(content, (style,), **every).prepared(RECIPE).content_mask


def test_labels_may_be_shared_out_over_the_styles(content, style):
    given = {"content_mask": mask(CONTENT, 1, 2, 3), "style_masks": (mask(STYLE, 1), mask(STYLE, 2, 3))}
    assert len(StyleInputs(content, (style, style), **given).prepared(RECIPE).style_masks) == 2


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "LA"])
def test_a_mask_in_full_colour_is_refused_by_name(tmp_path, mode):
    path = tmp_path / "mask.tif"
    Image.new(mode, CONTENT).save(path)
    with pytest.raises(MaskError, match=r"mask\.tif is in full colour: save it as an indexed or grey PNG") as refused:
        open_mask(path)
    assert is_one_sentence(str(refused.value))


def test_a_mask_that_is_not_there_or_no_picture_is_refused_by_name(tmp_path):
    (tmp_path / "words.png").write_text("not a picture")
    for name in ("nowhere.png", "words.png"):
        with pytest.raises(MaskError, match=name):
            open_mask(tmp_path / name)
