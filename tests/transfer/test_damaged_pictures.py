import io
import random

import pytest
from PIL import Image, features

from transfer.errors import PictureError
from transfer.pictures import open_picture

FORMATS = ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "PPM", "ICO"] + ["AVIF"] * features.check("avif")


def damaged(data, dice):
    """`data` with a few bytes changed, mostly near its beginning, and perhaps cut short."""
    found = bytearray(data[: dice.randrange(1, len(data))] if dice.random() < 0.4 else data)
    for _ in range(dice.randrange(1, 4)):
        found[dice.randrange(min(len(found), dice.choice((64, 300, len(data)))))] = dice.randrange(256)
    return bytes(found)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_damaged_file_opens_as_rgb_or_raises_a_picture_error(draw_content, tmp_path, file_format):
    buffer = io.BytesIO()
    draw_content(24, 20).save(buffer, file_format)
    dice = random.Random(1)
    refused = 0
    for _ in range(60):
        (tmp_path / "a").write_bytes(damaged(buffer.getvalue(), dice))
        try:
            assert open_picture(tmp_path / "a").mode == "RGB"
        except PictureError:
            refused += 1
    assert refused > 0


def test_a_webp_with_a_damaged_description_opens_all_the_same(content, tmp_path):
    content.save(tmp_path / "a.webp", exif=b"Exif\0\0this is no TIFF header", lossless=True)
    assert open_picture(tmp_path / "a.webp").tobytes() == content.tobytes()


@pytest.mark.filterwarnings("ignore")
def test_a_jpeg_with_a_damaged_description_opens_all_the_same(content, tmp_path):
    content.save(tmp_path / "a.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x01\x02")
    with Image.open(tmp_path / "a.jpg") as image:
        assert open_picture(tmp_path / "a.jpg").size == image.size
