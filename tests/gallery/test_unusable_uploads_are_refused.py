"""An unusable upload gets one sentence beside its field, and leaves nothing behind."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.utils.html import escape
from PIL import Image

from tests.gallery.files import animated, blank, png_that_claims, upload
from tests.pictures import as_bytes, painting

PICTURE = painting((80, 80))
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><script>1</script></svg>'


def cut(content: bytes) -> bytes:
    """The first two thirds."""
    return content[: len(content) * 2 // 3]


NO_PICTURE, DAMAGED, SIZE = "not a JPEG, PNG, WebP or AVIF", "damaged or cut short", "each side must have 64 to 12,000"
REFUSED = {
    "a text file named .png": ("notes.png", lambda: b"Dear diary, this is no picture.\n" * 20, NO_PICTURE),
    "a text file": ("notes.txt", lambda: b"Dear diary", NO_PICTURE),
    "one byte": ("a.png", lambda: b"\x89", NO_PICTURE),
    "SVG": ("drawing.svg", lambda: SVG, NO_PICTURE),
    "SVG named .png": ("drawing.png", lambda: SVG, NO_PICTURE),
    "GIF": ("a.gif", lambda: as_bytes(PICTURE, "GIF"), NO_PICTURE),
    "BMP": ("a.bmp", lambda: as_bytes(PICTURE, "BMP"), NO_PICTURE),
    "TIFF": ("a.tiff", lambda: as_bytes(PICTURE, "TIFF"), NO_PICTURE),
    "GIF named .png": ("a.png", lambda: as_bytes(PICTURE, "GIF"), NO_PICTURE),
    "a cut JPEG": ("a.jpg", lambda: cut(as_bytes(PICTURE, "JPEG")), DAMAGED),
    "a cut PNG": ("a.png", lambda: cut(as_bytes(PICTURE)), DAMAGED),
    "a cut WebP": ("a.webp", lambda: cut(as_bytes(PICTURE, "WEBP")), DAMAGED),
    "a PNG that is only a header": ("a.png", lambda: as_bytes(PICTURE)[:33], "This"),
    "21 MB": ("a.png", lambda: as_bytes(PICTURE) + bytes(21 * 2**20), "larger than 20 MB"),
    "41 megapixels": ("a.png", lambda: blank((8200, 5000)), "more than 40 million pixels"),
    "41 megapixels by its header": ("a.png", lambda: png_that_claims(8200, 5000), "more than 40 million pixels"),
    "a bomb": ("a.png", lambda: png_that_claims(60000, 60000), "more than 40 million pixels"),
    "the largest PNG": ("a.png", lambda: png_that_claims(2**31 - 1, 2**31 - 1), "more than 40 million pixels"),
    "an animated WebP": ("a.webp", lambda: animated("WEBP"), "animated"),
    "an animated PNG": ("a.png", lambda: animated("PNG"), "animated"),
    "an animated PNG by its name": ("a.apng", lambda: animated("PNG"), "animated"),
    "an animated AVIF": ("a.avif", lambda: animated("AVIF"), "animated"),
    "1 x 1": ("a.png", lambda: blank((1, 1)), SIZE),
    "a side of 63": ("a.png", lambda: blank((63, 100)), SIZE),
    "a side of 13,000": ("a.png", lambda: blank((13000, 1000)), SIZE),
    "too elongated": ("a.png", lambda: blank((1400, 64)), "20 times as long as it is wide"),
    "a PNG named .jpg": ("a.jpg", lambda: as_bytes(PICTURE), "name ends in .jpg, but it is a PNG"),
    "a JPEG named .png": ("a.png", lambda: as_bytes(PICTURE, "JPEG"), "name ends in .png, but it is a JPEG"),
    "a PNG named .html": ("a.html", lambda: as_bytes(PICTURE), "name ends in .html, but it is a PNG"),
    "an empty file": ("a.png", lambda: b"", "empty"),
}


def errors_on_the_page(page: str, role: str) -> str:
    """The text of the error box beside `role`."""
    found = re.search(rf'data-role="{role}".*?<div class="errors" role="alert">(.*?)</div>', page, re.DOTALL)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("case", "role"),
    [
        *((case, "content") for case in REFUSED),
        *((case, "style") for case in ("a cut JPEG", "a bomb", "an empty file")),
    ],
)
def test_one_bad_file_of_two(
    case: str,
    role: str,
    post_pair: Callable[..., HttpResponse],
    nothing_was_made: Callable[[], bool],
) -> None:
    name, make, expected = REFUSED[case]

    response = post_pair(**{role: upload(name, make())})

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [role]
    (sentence,) = errors[role]
    assert expected in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    page = response.content.decode()
    other = "style" if role == "content" else "content"
    assert escape(sentence) in errors_on_the_page(page, role)
    assert not errors_on_the_page(page, other).strip()
    assert nothing_was_made()


def test_two_bad_files_are_told_of_each(
    post_pair: Callable[..., HttpResponse], nothing_was_made: Callable[[], bool]
) -> None:
    response = post_pair(content=upload("a.png", b"nothing"), style=upload("b.png", blank((1, 1))))

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert {role: len(sentences) for role, sentences in errors.items()} == {"content": 1, "style": 1}
    assert nothing_was_made()


@pytest.mark.parametrize("size", [(64, 64), (1280, 64), (12000, 600)])
def test_what_just_fits_is_taken(size: tuple[int, int], post_pair: Callable[..., HttpResponse]) -> None:
    assert post_pair(content=upload("a.png", as_bytes(Image.new("L", size, 90)))).status_code == 302
