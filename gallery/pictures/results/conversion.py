"""An output as WebP or AVIF, with its metadata inside."""

import io

from django.core.files.storage import default_storage
from PIL import Image

from gallery.models import Render
from gallery.pictures.results import derived
from transfer.metadata import Format, decode, encode

LARGEST_AREA = 4096 * 4096  # px: takes two seconds and half a GiB
LONGEST_SIDE = 16_383  # px, WebP's
FORMATS: dict[str, Format] = {".webp": "WEBP", ".avif": "AVIF"}


def is_convertible(render: Render) -> bool:
    """Whether the output is small enough to be converted while somebody waits."""
    return render.width * render.height <= LARGEST_AREA and max(render.width, render.height) <= LONGEST_SIDE


def converted(render: Render, ending: str) -> str:
    """The name of the stored file. Raises `derived.Busy`, and FileNotFoundError when the output is gone."""
    output = str(render.output)
    return derived.stored(derived.name(output, ending), lambda: _convert(output, FORMATS[ending]))


def _convert(output: str, file_format: Format) -> bytes:
    with default_storage.open(output) as file, Image.open(io.BytesIO(file.read()), formats=("PNG",)) as image:
        return encode(image.convert("RGB"), decode(image), file_format)
