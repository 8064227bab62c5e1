"""Files as people, cameras and attackers send them."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from gallery.models import StoredFile
from tests.pictures import as_bytes, painting


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """`content` as an upload; nobody trusts the declared type, so it is always the same."""
    return SimpleUploadedFile(name, content, "application/octet-stream")


def only_named(*names: str) -> None:
    """Rows of files that the storage does not have, so that other rows can refer to them."""
    StoredFile.objects.bulk_create([StoredFile(name=name) for name in names], ignore_conflicts=True)


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header announces a picture of any size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def animated(file_format: str) -> bytes:
    """Three frames in one file."""
    frames = [painting((80, 80), seed=seed) for seed in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, file_format, save_all=True, append_images=frames[1:], duration=100)
    return buffer.getvalue()


def profile_with_red_and_blue_swapped() -> bytes:
    """An ICC profile of a colour space whose red is sRGB's blue, and vice versa."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def blank(size: tuple[int, int], mode: str = "1") -> bytes:
    """A blank PNG: a small file, however large the picture is."""
    return as_bytes(Image.new(mode, size))
