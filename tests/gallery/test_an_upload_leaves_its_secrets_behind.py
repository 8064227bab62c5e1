"""The site keeps only the pixels of an upload: no position, no camera's name, no file hidden behind the first."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from gallery.models import Picture
from tests.gallery.files import upload
from tests.pictures import as_bytes, photograph

Store = Callable[[SimpleUploadedFile], Picture]
SECRET = b"Baker Street 221b"


def everything_stored(stored_files: Callable[[], set[str]]) -> bytes:
    """All bytes of all stored files."""
    names = stored_files()
    assert names
    return b"".join((Path(settings.MEDIA_ROOT) / name).read_bytes() for name in names)


@pytest.mark.parametrize(
    ("name", "file_format"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")]
)
def test_the_position_of_a_photo_is_gone(
    name: str, file_format: str, stored_picture: Store, stored_files: Callable[[], set[str]]
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (51.0, 31.0, 25.0), 3: "W", 4: (0.0, 9.0, 30.0)})
    content = as_bytes(photograph((96, 72)), file_format, exif=exif)
    assert SECRET in content

    picture = stored_picture(upload(name, content))

    with picture.file.open("rb") as file, Image.open(file) as stored:
        assert not stored.getexif()
        assert set(stored.info) <= {"srgb", "gamma", "dpi"}
    assert SECRET not in everything_stored(stored_files)


def test_text_chunks_of_a_png_are_gone(stored_picture: Store, stored_files: Callable[[], set[str]]) -> None:
    chunks = PngInfo()
    chunks.add_text("Comment", SECRET.decode())
    stored_picture(upload("a.png", as_bytes(photograph((96, 72)), pnginfo=chunks)))

    assert SECRET not in everything_stored(stored_files)


def test_what_hides_behind_a_picture_is_gone(
    client: Client, stored_picture: Store, stored_files: Callable[[], set[str]]
) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("evil.txt", SECRET)
    page = b"<html><script>alert(1)</script></html>"

    picture = stored_picture(upload("both.png", as_bytes(photograph((96, 72))) + page + archive.getvalue()))

    stored = everything_stored(stored_files)
    assert not any(part in stored for part in (SECRET, b"<script>", b"evil.txt", b"PK\x03\x04"))
    served = b"".join(client.get(picture.file.url).streaming_content)
    assert served.rstrip(b"\0").endswith(b"IEND\xaeB`\x82")


def test_the_original_bytes_are_never_kept(stored_picture: Store, stored_files: Callable[[], set[str]]) -> None:
    original = as_bytes(photograph((96, 72)), "JPEG")
    stored_picture(upload("a.jpg", original))

    files = {(Path(settings.MEDIA_ROOT) / name).read_bytes() for name in stored_files()}
    assert original not in files
    assert all(name.endswith((".png", ".webp", ".avif")) for name in stored_files())
