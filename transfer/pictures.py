"""Pictures from files and to files. Free of torch, so that a web process can use it."""

import hashlib
import io
from pathlib import Path
from typing import Any

from PIL import Image

from transfer.errors import PictureError
from transfer.reading.colours import SRGB as SRGB
from transfer.reading.colours import canonical as canonical
from transfer.reading.complaint import BROKEN as BROKEN
from transfer.reading.reader import Read, Rules, read

ANY = Rules()


def open_picture(path: Path) -> Image.Image:
    """The picture at `path` in canonical form.

    Raises PictureError if it cannot be read.
    """
    return read_picture(path).picture


def read_picture(path: Path) -> Read:
    """The same with what should be said of it."""
    return read(bytes_of(path), str(path), ANY)


def bytes_of(path: Path) -> bytes:
    """A file's content; raises PictureError."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PictureError(f"There is no file {path}.") from error
    except OSError as error:
        raise PictureError(f"{path} cannot be read: {error.strerror}.") from error


def digest(picture: Image.Image) -> list[object]:
    """Plain values that are equal for equal pictures: mode, size, and a hash of the pixels."""
    return [picture.mode, picture.size, hashlib.sha256(picture.tobytes()).hexdigest()]


def encoded(picture: Image.Image, file_format: str, **options: Any) -> bytes:
    """`picture` as a file's bytes; `options` are Pillow's for that format."""
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()
