"""Between files and Pillow images. Free of torch, so that a web process can use it."""

from pathlib import Path

import numpy
from PIL import Image, ImageOps, UnidentifiedImageError

from transfer.errors import PictureError


def open_picture(path: Path) -> Image.Image:
    """The picture at `path` as RGB, orientation applied, transparency over white.

    Raises PictureError when it cannot be read.
    """
    try:
        with Image.open(path) as image:
            return flattened(upright(image))
    except FileNotFoundError as error:
        raise PictureError(f"There is no file {path}.") from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        RuntimeError,
        Image.DecompressionBombError,
    ) as error:
        raise PictureError(f"{path} cannot be read as a picture: {error}") from error


def upright(image: Image.Image) -> Image.Image:
    """`image` turned as its EXIF says; malformed EXIF is ignored, since it says nothing about the pixels."""
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, TypeError, KeyError):
        return image


def flattened(image: Image.Image) -> Image.Image:
    """`image` as RGB, 8 bit, with anything transparent laid over white."""
    if image.mode.startswith("I") or image.mode == "F":
        image = eight_bit(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def eight_bit(image: Image.Image) -> Image.Image:
    """Greys of more than 8 bit as 8 bit: scaled from 16 bit, where Pillow's own conversion would clip them.

    Integers that need no more than 8 bit, and floats up to 255, are kept as they are.
    """
    levels = numpy.asarray(image).astype(numpy.float64)
    if levels.max(initial=0) > 255:
        levels = levels / 257
    return Image.fromarray(levels.round().clip(0, 255).astype(numpy.uint8), "L")
