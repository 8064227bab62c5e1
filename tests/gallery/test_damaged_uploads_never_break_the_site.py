"""However a file is damaged, the site accepts it or refuses it with a sentence, never with a decoder's message."""

import random

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from gallery.pictures import uploads
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
TRIES = 80
NAMES = {"JPEG": "a.jpg", "PNG": "a.png", "WEBP": "a.webp", "AVIF": "a.avif"}


def damaged(content: bytes, generator: random.Random) -> bytes:
    """`content` cut off somewhere, or with a few bytes changed, mostly near its beginning."""
    if generator.random() < 0.3:
        return content[: generator.randrange(1, len(content))]
    changed = bytearray(content)
    within = min(400, len(content)) if generator.random() < 0.6 else len(content)
    for _ in range(generator.randrange(1, 6)):
        changed[generator.randrange(within)] = generator.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("file_format", NAMES)
def test_a_damaged_file_is_taken_or_refused(file_format: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a picture"
    content = as_bytes(painting((80, 64)), file_format, exif=exif)
    generator = random.Random(file_format)

    for _ in range(TRIES):
        try:
            picture = uploads.decode(upload(NAMES[file_format], damaged(content, generator))).picture
        except ValidationError:
            continue
        assert picture.mode == "RGB"
