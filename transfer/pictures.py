"""Reads and writes Pillow images. Free of torch, so that a web process can use it."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy
from PIL import Image, ImageCms, ImageOps

from transfer.errors import PictureError

SRGB = ImageCms.createProfile("sRGB")
# The decoders raise these for damaged or hostile files.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    MemoryError,
    OverflowError,
    LookupError,
    TypeError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
WITHOUT_ALPHA = {"P": "RGB", "PA": "RGB", "1": "RGB", "LA": "L", "La": "L", "RGBA": "RGB", "RGBa": "RGB", "RGBX": "RGB"}


def open_picture(path: Path) -> Image.Image:
    """The picture at `path` in canonical form.

    Raises PictureError if it cannot be read.
    """
    try:
        with Image.open(path) as image:
            return canonical(image)
    except FileNotFoundError as error:
        raise PictureError(f"There is no file {path}.") from error
    except BROKEN as error:
        raise PictureError(f"{path} cannot be read as a picture: {error}") from error


def encoded(picture: Image.Image, file_format: str, **options: Any) -> bytes:
    """`picture` as a file's bytes; `options` are Pillow's for that format."""
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()


def canonical(image: Image.Image) -> Image.Image:
    """An opened picture as RGB: upright, sRGB, 8 bit, transparent parts on white, and nothing but pixels."""
    image = upright(image)
    profile = image.info.get("icc_profile")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    if image.mode.startswith("I") or image.mode == "F":
        image = eight_bit(image)
    elif image.mode in WITHOUT_ALPHA:
        image = image.convert(WITHOUT_ALPHA[image.mode])
    colours = _in_srgb(image, profile)
    if alpha is not None:
        white = Image.new("RGB", colours.size, "white")
        white.paste(colours, mask=alpha)
        colours = white
    bare = Image.new("RGB", colours.size)
    bare.paste(colours)
    return bare


def upright(image: Image.Image) -> Image.Image:
    """`image` turned as its EXIF says; ignores malformed EXIF, since it does not matter for the pixels."""
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, TypeError, KeyError):
        return image


def eight_bit(image: Image.Image) -> Image.Image:
    """Greys of more than 8 bit as 8 bit: scaled from 16 bit, since Pillow's own conversion would clip them.

    In modes of unknown depth (I and F), levels up to 255 stay as they are.
    """
    levels = numpy.asarray(image)
    if image.mode.startswith("I;16") or levels.max(initial=0) > 255:
        levels = (levels.astype(numpy.float32) / 257).round()
    return Image.fromarray(levels.clip(0, 255).astype(numpy.uint8), "L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture converted from its own profile to sRGB; ignores an unusable profile, as browsers do."""
    if profile and image.mode in ("RGB", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")
