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


TEXT, DRAWING, DAMAGED = "is a text file", "is an SVG drawing", "damaged or cut short"
SIZE, PIXELS = "each side must have at least 64", "million are the most: scale it down first"
REFUSED = {
    "a text file named .png": ("notes.png", lambda: b"Dear diary, this is no picture.\n" * 20, TEXT),
    "a text file": ("notes.txt", lambda: b"Dear diary", TEXT),
    "one byte": ("a.png", lambda: b"\x89", "is not a picture that can be read here"),
    "SVG": ("drawing.svg", lambda: SVG, DRAWING),
    "SVG named .png": ("drawing.png", lambda: SVG, DRAWING),
    "a PDF": ("a.pdf", lambda: b"%PDF-1.7\n", "is a PDF"),
    "an icon": ("a.ico", lambda: as_bytes(PICTURE, "ICO"), "is an icon, which cannot be read here"),
    "JPEG 2000": ("a.jp2", lambda: as_bytes(PICTURE, "JPEG2000"), "is a JPEG 2000"),
    "a cut JPEG": ("a.jpg", lambda: cut(as_bytes(PICTURE, "JPEG")), DAMAGED),
    "a cut PNG": ("a.png", lambda: cut(as_bytes(PICTURE)), DAMAGED),
    "a cut WebP": ("a.webp", lambda: cut(as_bytes(PICTURE, "WEBP")), DAMAGED),
    "a PNG that is only a header": ("a.png", lambda: as_bytes(PICTURE)[:33], DAMAGED),
    "21 MB": ("a.png", lambda: as_bytes(PICTURE) + bytes(21 * 2**20), "larger than 20 MB"),
    "41 megapixels by its header": ("a.png", lambda: png_that_claims(8200, 5000), DAMAGED),
    "81 megapixels": ("a.png", lambda: png_that_claims(9000, 9000), PIXELS),
    "a bomb": ("a.png", lambda: png_that_claims(60000, 60000), PIXELS),
    "the largest PNG": ("a.png", lambda: png_that_claims(2**31 - 1, 2**31 - 1), PIXELS),
    "an animated WebP": ("a.webp", lambda: animated("WEBP"), "animated"),
    "an animated PNG": ("a.png", lambda: animated("PNG"), "animated"),
    "an animated PNG by its name": ("a.apng", lambda: animated("PNG"), "animated"),
    "an animated AVIF": ("a.avif", lambda: animated("AVIF"), "animated"),
    "an animated GIF": ("a.gif", lambda: animated("GIF"), "animated"),
    "1 x 1": ("a.png", lambda: blank((1, 1)), SIZE),
    "a side of 63": ("a.png", lambda: blank((63, 100)), SIZE),
    "too elongated": ("a.png", lambda: blank((1400, 64)), "20 times as long as it is wide"),
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
    assert sentence[0].isupper() or sentence.startswith(f"{name} ")
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


@pytest.mark.parametrize("size", [(64, 64), (1280, 64), (13000, 650)])
def test_what_just_fits_is_taken(size: tuple[int, int], post_pair: Callable[..., HttpResponse]) -> None:
    assert post_pair(content=upload("a.png", as_bytes(Image.new("L", size, 90)))).status_code == 302
