"""Untrusted bytes to a Picture: check, decode, canonicalise, store.

The original bytes are never kept or served. What is stored is rebuilt from raw pixels: orientation applied, colours
in sRGB, transparency over white, 8 bit. So GPS positions are gone, and files that are two things at once are one.
A heightmap, where one may be given, keeps its levels as a grey PNG of 16 bits beside its picture. The reader is
`transfer.reading`; here is what a picture may be, and where it is kept.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import blobs, names, passing, thumbnails
from gallery.pictures.credits import of_output
from gallery.pictures.results import derived
from transfer.credits import NOBODY_YET, Credit
from transfer.errors import PictureError
from transfer.film.footage import Footage
from transfer.pictures import encoded
from transfer.reading.complaint import DAMAGED
from transfer.reading.formats import TAKEN
from transfer.reading.reader import Opened, Rules, finished, opened
from transfer.synthesis.land.heights import Heights, is_deep

Size = tuple[int, int]
LARGEST_FILE = 20 * 2**20
LARGEST_AREA = 40_000_000  # px: what is larger is scaled down
SHORTEST_SIDE, LONGEST_SIDE = 64, 12_000
LONGEST_RATIO = 20
LIMITS = {  # what a browser can tell of a file before it is sent
    "bytes": LARGEST_FILE,
    "shortest": SHORTEST_SIDE,
    "ratio": LONGEST_RATIO,
    "area": LARGEST_AREA,
    "side": LONGEST_SIDE,
}
one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Known:
    """What is known of a picture that was made here: the recipe, the stored files of `Mapped` by their names, whose.

    Of one that is a part of another picture: the hash of that one, and which part.
    """

    made_by: Mapping[str, Any] | None = None
    elevation: str | None = None
    labels: str | None = None
    rivers: str | None = None
    credit: Credit = NOBODY_YET
    origin_sha256: str = ""
    crop: str = ""

    def fields(self) -> dict[str, Any]:
        """As the columns of a `Picture`."""
        files = {"elevation_id": self.elevation, "labels_id": self.labels, "rivers_id": self.rivers}
        origin = {"origin_sha256": self.origin_sha256, "crop": self.crop}
        return {"made_by": self.made_by, **origin, **files, **self.credit.model_dump()}


@dataclass(frozen=True)
class Decoded:
    """An upload that passed: an 8-bit sRGB picture, and the name that its file had.

    `height` is the grey PNG of 16 bits of a heightmap, `labels` the PNG of a map of labels that is not stored yet. A
    clip has its file as `film`, with its `footage`. `notes` are sentences on what had to be changed.
    """

    picture: Image.Image
    name: str
    known: Known = Known()
    height: bytes = b""
    labels: bytes = b""
    film: "File[bytes] | None" = None
    footage: Footage | None = None
    notes: tuple[str, ...] = ()

    def as_file(self) -> bytes:
        """The bytes that are stored, by whose hash the picture is known."""
        return encoded(self.picture, "PNG", compress_level=1)


def decode(upload: UploadedFile, heights: bool = False) -> Decoded:
    """The picture in an upload. One at a time in each process: a small file can decode to hundreds of megabytes.

    With `heights` it may be a heightmap, also as a TIFF, which keeps its levels.

    Raises ValidationError with one sentence for the person when it is no picture that can be used.
    """
    name = names.kept(PurePath(upload.name or "").name)
    called = names.called(name)
    if upload.size is None or upload.size > LARGEST_FILE:
        raise ValidationError(f"{called} is larger than {LARGEST_FILE // 2**20} MB: save it smaller, or as a JPEG.")
    return _decoded(upload.read(), name, called, heights)


def decode_output(render: Render) -> Decoded:
    """The picture that came of a finished render, to go into another one, however large its file is.

    Raises ValidationError with one sentence when it cannot be used.
    """
    is_made = not render.kind.takes
    written = render.recipe_json if is_made else None
    known = Known(written, render.elevation_id, render.labels_id, render.rivers_id, of_output(render))
    called = render.title or render.name
    try:
        with render.output.open("rb") as file:
            return replace(_decoded(file.read(), called, names.called(called)), known=known)
    except OSError as error:
        raise ValidationError("The picture of that render cannot be read any more.") from error


def _decoded(content: bytes, name: str, called: str, heights: bool = False) -> Decoded:
    with one_at_a_time:
        try:
            found = opened(content, called, RULES)
            if heights and (is_deep(found.image) or (found.format == "TIFF" and found.image.mode == "L")):
                return _heightmap(found, name, called)
            read = finished(found, called, RULES)
        except PictureError as error:
            raise ValidationError(str(error)) from error
    return Decoded(read.picture, name[:255], notes=read.notes)


def _heightmap(found: Opened, name: str, called: str) -> Decoded:
    """The picture of a heightmap, and its heights in 16 bits; raises PictureError where these are none."""
    if found.missing:
        raise PictureError(f"{called} {DAMAGED}")
    heights = Heights.of(found.image)
    if float(heights.values.min()) == float(heights.values.max()):
        raise PictureError("This heightmap is flat: choose one with hills.")
    return Decoded(heights.picture, name[:255], height=heights.png())


def store(decoded: Decoded, person: Person, passes: bool = False) -> Picture:
    """Stores a decoded upload; the same person's same picture is given back instead of made again.

    With `passes` it is only for a preview (passing.py); one that is there and stays does not pass because of that.
    """
    content = decoded.as_file()
    sha256 = blobs.digest(content)
    filmed: dict[str, Any] = {}
    small = thumbnails.encode(decoded.picture)
    with blobs.storing():
        known = decoded.known
        if decoded.film is not None and decoded.footage is not None:
            name = blobs.store_file("clips", decoded.film, ".clip")
            sha256 = derived.key(name)
            filmed = {"film_id": name, "film_frames": decoded.footage.frames, "film_seconds": decoded.footage.seconds}
        same = Picture.objects.filter(
            sha256=sha256, origin_sha256=known.origin_sha256, crop=known.crop, **person.fields()
        )
        if decoded.height:  # of which another one may look the same in 8 bits
            known = replace(known, elevation=blobs.store("maps", decoded.height, ".png"))
            same = same.filter(elevation=known.elevation)
        if found := same.first():
            if found.wanted_until:
                (passing.renew if passes else passing.keep)([found])
            return found
        if decoded.labels:
            known = replace(known, labels=blobs.store("maps", decoded.labels, ".png"))
        return Picture.objects.create(
            sha256=sha256,
            file_id=blobs.store("pictures", content, ".png"),
            width=decoded.picture.width,
            height=decoded.picture.height,
            name=decoded.name,
            wanted_until=passing.until() if passes else None,
            **filmed,
            **small.store().fields(),
            **known.fields(),
            **person.fields(),
        )


def about_size(width: int, height: int) -> str:
    """What is wrong with a picture of this size, in one sentence; empty when nothing is."""
    complaint = _complaint_of(width, height)
    return complaint and f"This picture {complaint}"


def fitted(size: Size) -> Size:
    """The (width, height) that a picture of this size is stored with."""
    return RULES.fitted(size)


def _complaint_of(width: int, height: int) -> str:
    """The same without its subject."""
    if min(width, height) < SHORTEST_SIDE:
        return f"has {width} × {height} pixels: each side must have at least {SHORTEST_SIDE}."
    if max(width, height) > LONGEST_RATIO * min(width, height):
        return f"is more than {LONGEST_RATIO} times as long as it is wide: crop it."
    return ""


RULES = Rules(TAKEN, LARGEST_AREA, LONGEST_SIDE, animated=False, complains_of=_complaint_of)
