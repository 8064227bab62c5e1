"""A mask that is damaged, hostile or does not fit is refused with one sentence beside the regions painter."""

from collections.abc import Callable

import numpy
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from gallery.pictures.masks import LARGEST_FILE
from tests.gallery.files import animated, png_that_claims, upload
from tests.gallery.masks import mask_file, stripes
from tests.pictures import as_bytes, painting

CONTENT, STYLE = (96, 72), (80, 80)


def see_through() -> Image.Image:
    mask = stripes(CONTENT, 1, 2).convert("RGBA")
    mask.putpixel((5, 5), (1, 1, 1, 254))
    return mask


def deep() -> Image.Image:
    return Image.fromarray(numpy.ones(CONTENT[::-1], dtype=numpy.uint16))


UNUSABLE = {
    "another shape": (mask_file((72, 96), 1, 2), "72 × 96 pixels and its picture 96 × 72: make them the same shape"),
    "nearly the same shape": (mask_file((96, 75), 1, 2), "make them the same shape"),
    "nine labels": (mask_file(CONTENT, *range(9)), "has the value 8: regions are numbered 0 to 7"),
    "a label that is too high": (mask_file(CONTENT, 1, 255), "has the value 255"),
    "a picture in colour": (upload("m.png", as_bytes(painting(CONTENT))), "is in full colour"),
    "transparent": (upload("m.png", as_bytes(see_through())), "is transparent in places"),
    "16 bits": (upload("m.png", as_bytes(deep())), "has more than 8 bits"),
    "no PNG": (
        upload("m.png", as_bytes(stripes(CONTENT, 1, 2), "BMP")),
        "mask of the content is a BMP: save it as a PNG",
    ),
    "a script": (upload("m.png", b"<script>alert(1)</script>"), "The mask of the content is a text file"),
    "cut short": (upload("m.png", as_bytes(painting(CONTENT))[:2000]), "The mask of the content is damaged"),
    "cut a little": (upload("m.png", as_bytes(painting(CONTENT))[:-200]), "The mask of the content is damaged"),
    "animated": (upload("m.png", animated("PNG")), "is animated"),
    "a bomb": (upload("m.png", png_that_claims(60000, 45000)), "2048 a side are the most"),
    "many pixels": (upload("m.png", png_that_claims(4000, 3000)), "2048 a side are the most"),
    "many bytes": (upload("m.png", as_bytes(stripes(CONTENT, 1, 2)) + bytes(LARGEST_FILE)), "larger than 2 MB"),
    "a label without a partner": (mask_file(CONTENT, 1, 2, 3), "No style has a region for label 3"),
    "a style's label without a partner": (mask_file(CONTENT, 1), "The content has no region for label 2"),
}


@pytest.mark.parametrize(("mask", "sentence"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_content_mask_that_cannot_be_used(
    post_pair: Callable[..., HttpResponse],
    nothing_was_made: Callable[[], bool],
    mask: SimpleUploadedFile,
    sentence: str,
) -> None:
    mask.seek(0)
    response = post_pair(content_mask=mask, style_mask_1=mask_file(STYLE, 1, 2))

    assert response.status_code == 422
    (complaint,) = response.context["form"].errors.pop("masks")
    assert sentence in complaint
    assert not response.context["form"].errors
    assert nothing_was_made()


@pytest.mark.parametrize("given", ["content_mask", "style_mask_1"])
def test_masks_are_for_all_pictures_or_for_none(
    post_pair: Callable[..., HttpResponse], nothing_was_made: Callable[[], bool], given: str
) -> None:
    response = post_pair(**{given: mask_file(CONTENT if given == "content_mask" else STYLE, 1, 2)})

    assert response.status_code == 422
    assert "has no mask: paint regions over every picture, or over none" in response.content.decode()
    assert nothing_was_made()


def test_the_sentence_stands_beside_the_painter(post_pair: Callable[..., HttpResponse]) -> None:
    page = post_pair(content_mask=mask_file(CONTENT, 1), style_mask_1=mask_file(STYLE, 2)).content.decode()

    painter = page[page.index('data-field="masks"') :]
    assert "No style has a region for label 1" in painter[: painter.index("</details>")]
