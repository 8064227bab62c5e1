"""Untrusted bytes to a Picture: check, decode, canonicalise, store.

The original bytes are never kept or served. What is stored is rebuilt from raw pixels: orientation applied, colours
in sRGB, transparency over white, 8 bit. So GPS positions are gone, and files that are two things at once are one.
A heightmap, where one may be given, keeps its levels as a grey PNG of 16 bits beside its picture.
"""

import re
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import blobs, thumbnails
from transfer.errors import PictureError
from transfer.pictures import BROKEN, canonical, encoded
from transfer.synthesis.land.heights import Heights, is_deep

LARGEST_FILE = 20 * 2**20
LARGEST_AREA = 40_000_000
SHORTEST_SIDE, LONGEST_SIDE = 64, 12_000
LONGEST_RATIO = 20
SUFFIXES = {
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"},
    "PNG": {".png", ".apng"},
    "WEBP": {".webp"},
    "AVIF": {".avif"},
}
TIFF = {"TIFF": {".tif", ".tiff"}}  # of heights only
SUFFIX = re.compile(r"\.[a-z0-9]{1,5}$")
ANIMATED = "This picture is animated: choose a still one."
one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Known:
    """What is known of a picture that was made here: the recipe, and the stored files of `Mapped` by their names.

    Of one that is a part of another picture: the hash of that one, and which part.
    """

    made_by: Mapping[str, Any] | None = None
    elevation: str | None = None
    labels: str | None = None
    rivers: str | None = None
    origin_sha256: str = ""
    crop: str = ""

    def fields(self) -> dict[str, Any]:
        """As the columns of a `Picture`."""
        files = {"elevation_id": self.elevation, "labels_id": self.labels, "rivers_id": self.rivers}
        return {"made_by": self.made_by, "origin_sha256": self.origin_sha256, "crop": self.crop, **files}


@dataclass(frozen=True)
class Decoded:
    """An upload that passed: an 8-bit sRGB picture, and the name that its file had.

    `height` is the grey PNG of 16 bits of a heightmap, `labels` the PNG of a map of labels that is not stored yet.
    """

    picture: Image.Image
    name: str
    known: Known = Known()
    height: bytes = b""
    labels: bytes = b""

    def as_file(self) -> bytes:
        """The bytes that are stored, by whose hash the picture is known."""
        return encoded(self.picture, "PNG", compress_level=1)


def decode(upload: UploadedFile, heights: bool = False) -> Decoded:
    """The picture in an upload. One at a time in each process: a small file can decode to hundreds of megabytes.

    With `heights` it may be a heightmap, also as a TIFF, which keeps its levels.

    Raises ValidationError with one sentence for the person when it is no picture that can be used.
    """
    if upload.size is None or upload.size > LARGEST_FILE:
        raise ValidationError(f"This file is larger than {LARGEST_FILE // 2**20} MB: save it smaller, or as a JPEG.")
    return _decoded(upload, PurePath(upload.name or "").name, heights=heights)


def decode_output(render: Render) -> Decoded:
    """The picture that came of a finished render, to go into another one, however large its file is.

    Raises ValidationError with one sentence when it cannot be used.
    """
    is_made = not render.kind.takes
    known = Known(render.recipe_json if is_made else None, render.elevation_id, render.labels_id, render.rivers_id)
    try:
        with render.output.open("rb") as file:
            return replace(_decoded(file, "", called=render.title or render.name), known=known)
    except OSError as error:
        raise ValidationError("The picture of that render cannot be read any more.") from error


def _decoded(file: IO[bytes], name: str, called: str = "", heights: bool = False) -> Decoded:
    with one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(file, formats=tuple(SUFFIXES | TIFF if heights else SUFFIXES)) as image:
                _check_before_decoding(image, name)
                is_height = heights and (is_deep(image) or (image.format == "TIFF" and image.mode == "L"))
                if image.format == "TIFF" and not is_height:
                    raise ValidationError("A TIFF may only hold heights in grey: save a coloured map as a PNG.")
                return _heightmap(image, name) if is_height else Decoded(canonical(image), (called or name)[:255])
        except PictureError as error:
            raise ValidationError(str(error)) from error
        except UnidentifiedImageError as error:
            others = "PNG, TIFF, WebP or AVIF" if heights else "PNG, WebP or AVIF"
            raise ValidationError(f"This is not a JPEG, {others} picture.") from error
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise ValidationError(_too_many_pixels()) from error
        except BROKEN as error:
            raise ValidationError("This picture is damaged or cut short: it cannot be read to its end.") from error


def _heightmap(image: Image.Image, name: str) -> Decoded:
    """The picture of a heightmap, and its heights in 16 bits; raises PictureError where these are none."""
    found = Heights.of(image)
    if float(found.values.min()) == float(found.values.max()):
        raise PictureError("This heightmap is flat: choose one with hills.")
    return Decoded(found.picture, name[:255], height=found.png())


def store(decoded: Decoded, person: Person) -> Picture:
    """Stores a decoded upload; the same person's same picture is given back instead of made again."""
    content = decoded.as_file()
    sha256 = blobs.digest(content)
    small = thumbnails.encode(decoded.picture)
    with blobs.storing():
        known = decoded.known
        same = Picture.objects.filter(
            sha256=sha256, origin_sha256=known.origin_sha256, crop=known.crop, **person.fields()
        )
        if decoded.height:  # of which another one may look the same in 8 bits
            known = replace(known, elevation=blobs.store("maps", decoded.height, ".png"))
            same = same.filter(elevation=known.elevation)
        if found := same.first():
            return found
        if decoded.labels:
            known = replace(known, labels=blobs.store("maps", decoded.labels, ".png"))
        return Picture.objects.create(
            sha256=sha256,
            file_id=blobs.store("pictures", content, ".png"),
            width=decoded.picture.width,
            height=decoded.picture.height,
            name=decoded.name,
            **small.store().fields(),
            **known.fields(),
            **person.fields(),
        )


def _check_before_decoding(image: Image.Image, name: str) -> None:
    """Everything that the header tells, before a pixel is decoded."""
    file_format = "JPEG" if image.format == "MPO" else str(image.format)
    suffix = SUFFIX.search(name.lower())
    if suffix and suffix[0] not in (SUFFIXES | TIFF)[file_format]:
        raise ValidationError(f"This file's name ends in {suffix[0]}, but it is a {file_format} picture: rename it.")
    if complaint := about_size(*image.size):
        raise ValidationError(complaint)
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
        sentence = "This TIFF has several pages: save one." if image.format == "TIFF" else ANIMATED
        raise ValidationError(sentence)


def about_size(width: int, height: int) -> str:
    """What is wrong with a picture of this size, in one sentence; empty when nothing is."""
    if width * height > LARGEST_AREA:
        return _too_many_pixels()
    if min(width, height) < SHORTEST_SIDE or max(width, height) > LONGEST_SIDE:
        return f"This picture has {width} × {height} pixels: each side must have {SHORTEST_SIDE} to {LONGEST_SIDE:,}."
    if max(width, height) > LONGEST_RATIO * min(width, height):
        return f"This picture is more than {LONGEST_RATIO} times as long as it is wide: crop it."
    return ""


def _too_many_pixels() -> str:
    return f"This picture has more than {LARGEST_AREA // 10**6} million pixels: scale it down first."
