"""Masks as the studio's regions painter sends them."""

import numpy
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.gallery.files import upload
from tests.pictures import as_bytes


def stripes(size: tuple[int, int], *labels: int) -> Image.Image:
    """Vertical stripes, one for each label, as a grey picture."""
    columns = numpy.arange(size[0]) * len(labels) // size[0]
    return Image.fromarray(numpy.array(labels, dtype=numpy.uint8)[columns][None].repeat(size[1], 0))


def mask_file(size: tuple[int, int], *labels: int, mode: str = "RGBA") -> SimpleUploadedFile:
    """Stripes as a PNG; by default with labels in equal channels, as a canvas writes them."""
    return upload("mask.png", as_bytes(stripes(size, *labels).convert(mode)))
