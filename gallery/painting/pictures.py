"""The stored pictures and masks that a render is made of, read and opened.

Those of the last render stay open: a painting process that goes on with a preview is likely to need the same.
"""

import io
from collections.abc import Callable
from functools import partial

from django.core.files.storage import default_storage
from PIL import Image

from gallery.painting.retrying import retrying
from gallery.pictures import blobs
from transfer.errors import PictureError

Opened = tuple[Image.Image, str]  # the picture, and the SHA-256 of its file
_last: dict[tuple[str, str | None], Opened] = {}


class Pictures:
    """Those of one render. What is gone raises PictureError; a storage that is away is waited for, unless that
    `is_pointless`."""

    def __init__(self, is_pointless: Callable[[], object]) -> None:
        self.is_pointless = is_pointless
        self._before = dict(_last)
        _last.clear()

    def open(self, name: str, what: str, mode: str | None) -> Opened:
        """The stored file `name`, which people know as `what`, in this mode, or as it is stored."""
        key = name, mode
        if (found := self._before.get(key)) is None:
            stored = retrying(partial(_read, name, what), f"reading {name}", self.is_pointless)
            found = _opened(stored, what, mode), blobs.digest(stored)
        _last[key] = found
        return found


def _opened(stored: bytes, what: str, mode: str | None) -> Image.Image:
    try:
        with Image.open(io.BytesIO(stored)) as image:
            image.load()
            return image.convert(mode) if mode else image
    except OSError as error:
        raise PictureError(f"The stored picture {what} cannot be read: upload it again.") from error


def _read(name: str, what: str) -> bytes:
    """The stored bytes. Nobody waits for a file that is missing where a storage answers."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise PictureError(f"The stored picture {what} is gone: upload it again.") from error
