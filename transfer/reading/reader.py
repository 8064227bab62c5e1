"""The one reader of picture files, for uploads, masks and the command line.

What it cannot read, it names in a sentence. What it had to change, such as a size or levels, it notes in a sentence.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy
from PIL import Image, UnidentifiedImageError
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from transfer.errors import PictureError
from transfer.reading import avif, colours, exif, formats, jpeg, png, tiff, webp
from transfer.reading.complaint import BROKEN, DAMAGED, Complaint
from transfer.reading.rules import MOST, MOST_DEEP, MOST_IN_PARTS, Size
from transfer.reading.rules import Rules as Rules
from transfer.reading.unfinished import decoded, unwritten

MOST_MISSING, HELD_BACK = 0.1, 18  # of the rows, and how many a JPEG decoder keeps until it sees the end
LARGE = 512  # px a side
TEXTS = ("height", "labels")  # that say what levels mean
ENDS_EARLY = "ends early: the last part of the picture is missing."


@dataclass
class Opened:
    """A picture as its file has it: decoded and upright. `image.info` has what `colours.canonical` and labels need.

    `missing` has 255 where nothing was decoded, since the file ends early. `size` is that of the file, before scaling.
    """

    image: Image.Image
    format: str
    size: Size
    missing: Image.Image | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Read:
    """A picture in canonical form, and what should be said of it, in whole sentences."""

    picture: Image.Image
    notes: tuple[str, ...]


def read(data: bytes, called: str, rules: Rules) -> Read:
    """The picture in a file's bytes. Raises PictureError with one sentence, which begins with what it is `called`."""
    return finished(opened(data, called, rules), called, rules)


def opened(data: bytes, called: str, rules: Rules) -> Opened:
    """The same as it stands in the file. Raises PictureError."""
    try:
        found = formats.format_of(data)
        if found in (rules.taken or formats.TAKEN):
            return OPENERS[found](data, rules)
        if rules.taken or found in formats.NEVER:
            raise Complaint(formats.refusal(found, rules.taken))
        return _any(data, rules, found)
    except Complaint as complaint:
        raise PictureError(f"{called} {complaint}") from complaint
    except BROKEN as error:
        raise PictureError(f"{called} {DAMAGED}") from error


def finished(found: Opened, called: str, rules: Rules) -> Read:
    """An opened picture in canonical form, scaled down if it is too large. Raises PictureError."""
    notes = list(found.notes)
    if found.image.mode == "CMYK":
        notes.append("has CMYK colours, as printers use them: they were converted for screens.")
    try:
        size = rules.fitted(found.image.size)
        image = _reduced(found.image, size)
        picture, stretched = colours.converted(image)
        if found.missing:
            picture.paste("white", mask=found.missing.resize(picture.size))
        if picture.size != size:
            picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    except BROKEN as error:
        raise PictureError(f"{called} {DAMAGED}") from error
    if max(picture.size) < max(found.size):
        (width, height), (large, high) = picture.size, found.size
        large, high = (high, large) if (large > high) != (width > height) else (large, high)
        notes.append(f"had {large:,} × {high:,} pixels, and was scaled down to {width:,} × {height:,}.")
    if stretched:
        notes.append("has levels from {:,.4g} to {:,.4g}: they were stretched from black to white.".format(*stretched))
    return Read(picture, tuple(f"{called} {note}" for note in notes))


def _png(data: bytes, rules: Rules) -> Opened:
    found, notes = png.parsed(data, TEXTS), list[str]()
    rules.check(found.size, MOST_DEEP if found.depth == 16 else MOST)
    rules.check_frames(found.frames > 1, notes)
    most = 0.0 if found.interlaced else MOST_MISSING
    image, missing = decoded(lambda: PngImageFile(io.BytesIO(found.bare)), found.share, most)
    if missing:
        notes.append(ENDS_EARLY)
    image.info.update(found.texts.items())
    if found.key:
        image = _with_key(image, found)
    if found.profile:
        image.info["icc_profile"] = found.profile
    if found.gamma:
        image.info["gamma"] = found.gamma
    return _upright(image, "PNG", found.exif, missing, notes)


def _with_key(image: Image.Image, found: png.Png) -> Image.Image:
    """The picture with the colour that is transparent in `info`, as its mode has it."""
    if found.depth <= 8:
        scale = 1 if image.mode == "1" else 255 // ((1 << found.depth) - 1)
        key = tuple(level * scale for level in found.key)
        image.info["transparency"] = key if len(key) > 1 else key[0]
    elif found.colour == png.GREY:
        image.info["transparency"] = found.key[0]
    else:  # Pillow keeps the upper 8 of 16 bits: read in the other order of bytes, it gives the lower ones
        other = PngImageFile(io.BytesIO(found.bare))
        other.tile = [tile._replace(args="RGB;16L") for tile in other.tile]
        high, low = (numpy.asarray(each).astype(numpy.uint16) for each in (image, other))
        same = (high * 256 + low == numpy.array(found.key)).all(axis=2)
        image.paste("white", mask=Image.fromarray(numpy.where(same, 255, 0).astype(numpy.uint8), "L"))
    return image


def _jpeg(data: bytes, rules: Rules) -> Opened:
    found, notes = jpeg.parsed(data), list[str]()
    rules.check(found.size, MOST if found.progressive else MOST_IN_PARTS)
    if found.pictures > 1:
        notes.append(f"holds {found.pictures} pictures: the first one is used.")
    if not found.ended and _lacks_rows(found):
        notes.append(ENDS_EARLY)
    image: Image.Image = JpegImageFile(io.BytesIO(found.whole))
    if rules.area and found.size[0] * found.size[1] > MOST:
        image.draft(None, (found.size[0] // 2, found.size[1] // 2))
    image.load()
    if found.profile:
        image.info["icc_profile"] = found.profile
    opened = _upright(image, "JPEG", found.exif, None, notes)
    opened.size = found.size
    return opened


def _lacks_rows(found: jpeg.Jpeg) -> bool:
    """Whether one that ends early lacks rows that show. Raises Complaint where it lacks too much."""
    if found.progressive or found.scans > 1:
        if not found.shows_everything:
            raise Complaint(DAMAGED)
        return False
    missing = unwritten(lambda: _rough(found))
    rows = float(missing.any(axis=1).mean()) * found.size[1]
    if rows > max(HELD_BACK, MOST_MISSING * found.size[1]):
        raise Complaint(DAMAGED)
    return rows > HELD_BACK


def _rough(found: jpeg.Jpeg) -> JpegImageFile:
    """A JPEG without its end, which gives an eighth of its pixels along each side unless it is small."""
    image = JpegImageFile(io.BytesIO(found.bare))
    if min(found.size) >= LARGE:
        image.draft(None, (found.size[0] // 8, found.size[1] // 8))
    return image


def _webp(data: bytes, rules: Rules) -> Opened:
    rules.check(webp.size(data))
    notes: list[str] = []
    try:
        image = WebPImageFile(io.BytesIO(data))
        rules.check_frames(image.n_frames > 1, notes)
        image.load()
    except BROKEN:
        image = WebPImageFile(io.BytesIO(webp.completed(data)))
        rules.check_frames(image.n_frames > 1, notes)
        image.load()
        notes = [ENDS_EARLY]
    return _upright(image, "WEBP", image.info.get("exif", b""), None, notes)


def _avif(data: bytes, rules: Rules) -> Opened:
    try:
        image = AvifImageFile(io.BytesIO(data))
    except BROKEN:
        image = AvifImageFile(io.BytesIO(avif.without_exif(data)))
    notes: list[str] = []
    rules.check(image.size)
    rules.check_frames(image.n_frames > 1, notes)
    image.load()
    return _upright(image, "AVIF", image.info.get("exif", b""), None, notes)


def _heic(data: bytes, rules: Rules) -> Opened:
    import pi_heif  # large, and seldom needed

    found = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    notes = [f"holds {len(found)} pictures: the first one is used."] if len(found) > 1 else []
    main = found[found.primary_index]
    rules.check(main.size)
    image = main.to_pillow()
    return Opened(image, "HEIC", image.size, notes=notes)  # libheif has turned it


def _gif(data: bytes, rules: Rules) -> Opened:
    image = GifImageFile(io.BytesIO(data))
    notes: list[str] = []
    rules.check(image.size)
    rules.check_frames(image.is_animated, notes)
    return _upright(image, "GIF", b"", None, notes)


def _bmp(data: bytes, rules: Rules) -> Opened:
    image = BmpImageFile(io.BytesIO(data))
    rules.check(image.size)
    return _upright(image, "BMP", b"", None, [])


def _tiff(data: bytes, rules: Rules) -> Opened:
    image = TiffImageFile(io.BytesIO(tiff.bare(data)))
    rules.check(image.size, MOST_DEEP if colours.is_deep(image) else MOST)
    notes: list[str] = []
    if tiff.pages(data) > 1:
        if not rules.animated:
            raise Complaint("is a TIFF with several pages: save one of them.")
        notes.append("has several pages: the first one is used.")
    return _upright(image, "TIFF", data, None, notes)


def _any(data: bytes, rules: Rules, found: str) -> Opened:
    """Whatever else Pillow can read."""
    try:
        image = Image.open(io.BytesIO(data))
    except UnidentifiedImageError as error:
        raise Complaint(formats.refusal(found, rules.taken)) from error
    rules.check(image.size)
    return _upright(image, str(image.format), b"", None, [])


OPENERS: dict[str, Callable[[bytes, Rules], Opened]] = {
    "PNG": _png,
    "JPEG": _jpeg,
    "WEBP": _webp,
    "AVIF": _avif,
    "HEIC": _heic,
    "GIF": _gif,
    "BMP": _bmp,
    "TIFF": _tiff,
}


def _upright(
    image: Image.Image, file_format: str, block: bytes, missing: Image.Image | None, notes: list[str]
) -> Opened:
    image.load()
    turn = exif.orientation(block)
    turned = exif.upright(image, turn)
    turned.format = file_format
    return Opened(turned, file_format, turned.size, exif.upright(missing, turn) if missing else None, notes)


def _reduced(image: Image.Image, size: Size) -> Image.Image:
    """A picture several times too large, as the smallest whole part of it that is large enough; saves memory."""
    factor = min(image.width // size[0], image.height // size[1])
    cannot_be_averaged = image.mode in ("P", "PA", "1") or colours.is_deep(image) or "transparency" in image.info
    if factor < 2 or cannot_be_averaged:
        return image
    info, found = image.info, image.reduce(factor)
    found.info = info
    return found
