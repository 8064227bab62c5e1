"""Small versions of a picture, for screens of every width, and the few bytes that stand for it while it loads.

Encoding takes a quarter of a second for a large picture, so it is done before a transaction begins that stores them.
"""

import base64
from dataclasses import dataclass

from PIL import Image, ImageOps

from gallery.models import Thumbnail
from gallery.pictures import blobs
from transfer.pictures import encoded

LONG_SIDES = (128, 320, 640, 1280)  # px; never more than the picture's own
MAIN = 640  # the version that the row names: what a browser gets that cannot choose
PLACEHOLDER = 12
WEBP = {"quality": 80, "method": 2}
AVIF = {"quality": 56, "speed": 9, "max_threads": 1}  # a slower speed saves a twentieth of the bytes


@dataclass(frozen=True)
class MadeThumbnail:
    """Values for the fields of `models.Thumbnail`."""

    name: str
    width: int
    height: int
    widths: tuple[int, ...]
    placeholder: str

    def fields(self) -> dict[str, object]:
        """By field name."""
        return {
            "thumbnail": self.name,
            "thumbnail_width": self.width,
            "thumbnail_height": self.height,
            "thumbnail_widths": " ".join(map(str, self.widths)),
            "placeholder": self.placeholder,
        }


@dataclass(frozen=True)
class Encoded:
    """All versions of a picture as bytes: the main one, and the others by what their names end in."""

    main: bytes
    size: tuple[int, int]
    widths: tuple[int, ...]
    others: dict[str, bytes]
    placeholder: str

    def store(self) -> MadeThumbnail:
        """Stores them all."""
        name = blobs.store_versions("thumbnails", self.main, self.others)
        return MadeThumbnail(name, *self.size, self.widths, self.placeholder)


@dataclass(frozen=True)
class Version:
    """One of the stored versions: its name in the storage, and its size in px."""

    name: str
    width: int
    height: int


def largest(of: Thumbnail) -> Version:
    """The largest version of a stored thumbnail, as WebP."""
    main, width = str(of.thumbnail), max(map(int, of.thumbnail_widths.split()), default=of.thumbnail_width)
    height = round(width * of.thumbnail_height / max(1, of.thumbnail_width))
    return Version(main.removesuffix(".webp") + ending(width, of.thumbnail_width, "webp"), width, max(1, height))


def make(picture: Image.Image) -> MadeThumbnail:
    """Encodes and stores all versions of an RGB picture."""
    return encode(picture).store()


def encode(picture: Image.Image) -> Encoded:
    """All versions of an RGB picture as WebP and AVIF; the placeholder is a data URI of a dozen pixels."""
    versions = {version.width: version for version in _scaled(picture)}
    main = max((each for each in versions.values() if max(each.size) <= MAIN), key=lambda each: each.width)
    others = {f"-{width}.avif": encoded(version, "AVIF", **AVIF) for width, version in versions.items()}
    others |= {
        f"-{width}.webp": encoded(version, "WEBP", **WEBP) for width, version in versions.items() if version is not main
    }
    return Encoded(encoded(main, "WEBP", **WEBP), main.size, tuple(sorted(versions)), others, _placeholder(main))


def ending(width: int, main_width: int, file_format: str) -> str:
    """What the name of a version ends in, in place of `.webp`."""
    return ".webp" if file_format == "webp" and width == main_width else f"-{width}.{file_format}"


def _scaled(picture: Image.Image) -> list[Image.Image]:
    """The picture at every long side that it has, each made from the one above; the largest first."""
    sides = {min(side, max(picture.size)) for side in LONG_SIDES}
    found = []
    for side in sorted(sides, reverse=True):
        picture = ImageOps.contain(picture, (side, side), Image.Resampling.LANCZOS)
        found.append(picture)
    return found


def _placeholder(picture: Image.Image) -> str:
    tiny = picture.copy()
    tiny.thumbnail((PLACEHOLDER, PLACEHOLDER), Image.Resampling.BOX)
    return "data:image/webp;base64," + base64.b64encode(encoded(tiny, "WEBP", quality=40)).decode()
