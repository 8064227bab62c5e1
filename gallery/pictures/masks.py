"""Masks that people paint: untrusted bytes to labels, and regions found by colour to start from."""

import base64
from collections.abc import Sequence

import numpy
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from gallery.pictures import blobs
from gallery.pictures.uploads import one_at_a_time
from transfer.errors import PictureError
from transfer.labels import CHUNK
from transfer.pictures import canonical, encoded
from transfer.reading.complaint import DAMAGED
from transfer.reading.reader import Rules, opened
from transfer.recipes.style import MOST_STYLES
from transfer.style import regions

Size = tuple[int, int]
LARGEST_FILE = 2 * 2**20
SEEN = ("PNG", "JPEG", "WEBP")  # as browsers send small versions of pictures
LONGEST_MASK = 2048
LONGEST_SMALL = 512  # side of the pictures in which regions are looked for
LONGEST_PAINTED_ON = 1024  # side of the pictures that are painted over
FEWEST_LABELS, MOST_LABELS = 2, regions.MOST_LABELS - 1  # to be found; 0 is what is not painted


def read(given: Sequence[tuple[UploadedFile, Size, str]]) -> tuple[Image.Image, ...]:
    """The masks in uploads as "L" pictures of exactly these sizes, their values labels from 0 to 7.

    Each comes with its picture's (width, height) and what that is called. Equal colours of palettes are equal labels.
    Raises ValidationError with one sentence when one is no mask, or not of its picture's shape.
    """
    found = [_opened(upload, ("PNG",), LONGEST_MASK, _of(whose)) for upload, _, whose in given]
    return tuple(
        _shaped(_labels(mask, _of(whose)), size, _of(whose))
        for mask, (_, size, whose) in zip(regions.agreed(found), given, strict=True)
    )


def store(mask: Image.Image) -> str:
    """Stores a mask, and gives its name in the storage."""
    return blobs.store("masks", _png(mask), ".png")


def stored(name: str) -> Image.Image:
    """A mask that was stored before. Raises ValidationError with one sentence when it is gone."""
    try:
        with default_storage.open(name) as file, Image.open(file, formats=("PNG",)) as image:
            return image.convert("L")
    except OSError as error:
        raise ValidationError("The painted regions are not here any more: paint them again.") from error


def found_by_colour(pictures: Sequence[UploadedFile], count: int) -> list[str]:
    """Masks for small pictures, the content's first, as data URIs: `count` labels from 1 on, or fewer.

    Raises ValidationError with one sentence.
    """
    if not 2 <= len(pictures) <= 1 + MOST_STYLES:
        raise ValidationError(f"Give a content and 1 to {MOST_STYLES} styles.")
    if not FEWEST_LABELS <= count <= MOST_LABELS:
        raise ValidationError(f"There can be {FEWEST_LABELS} to {MOST_LABELS} regions.")
    content, *styles = (canonical(_opened(each, SEEN, LONGEST_SMALL, "A picture")) for each in pictures)
    content_mask, style_masks = regions.automatic(content, styles, count)
    painted = (each.point(lambda label: label + 1) for each in (content_mask, *style_masks))
    return list(map(_as_address, painted))


def to_correct(labels: numpy.ndarray) -> str:
    """Labels (H, W) as a data URI of a grey PNG, of the size at which people paint over their picture."""
    mask = Image.fromarray(labels, "L")
    scale = min(1.0, LONGEST_PAINTED_ON / max(mask.size))
    small = (max(1, round(mask.width * scale)), max(1, round(mask.height * scale)))
    return _as_address(mask.resize(small, Image.Resampling.NEAREST))


def to_paint_on(name: str) -> bytes:
    """A WebP of the stored picture `name`, of at most 1024 px. Raises FileNotFoundError when it is gone."""
    with one_at_a_time, default_storage.open(name) as file, Image.open(file) as image:
        small = image.convert("RGB")
    small.thumbnail((LONGEST_PAINTED_ON, LONGEST_PAINTED_ON), Image.Resampling.LANCZOS)
    return encoded(small, "WEBP", quality=92, method=2)


def _of(whose: str) -> str:
    return f"The mask of the {whose}"


def _shaped(labels: numpy.ndarray, size: Size, what: str) -> Image.Image:
    (height, width), (wide, high) = labels.shape, size
    if abs(width * high - height * wide) > wide + high:  # more than rounding to whole pixels can do
        raise ValidationError(
            f"{what} has {width} × {height} pixels and its picture {wide} × {high}: make them the same shape."
        )
    return Image.fromarray(labels, "L").resize(size, Image.Resampling.NEAREST)


def _opened(upload: UploadedFile, formats: tuple[str, ...], longest: int, what: str) -> Image.Image:
    """A small picture, decoded only after its header was looked at."""
    if upload.size is None or upload.size > LARGEST_FILE:
        raise ValidationError(f"{what} is larger than {LARGEST_FILE // 2**20} MB.")

    def complaint_of(width: int, height: int) -> str:
        is_small = max(width, height) <= longest
        return "" if is_small else f"has {width} × {height} pixels: {longest} a side are the most."

    try:
        found = opened(upload.read(), what, Rules(formats, animated=False, complains_of=complaint_of))
    except PictureError as error:
        raise ValidationError(str(error)) from error
    if found.missing:
        raise ValidationError(f"{what} {DAMAGED}")
    return found.image


def _labels(image: Image.Image, what: str) -> numpy.ndarray:
    """A mask's values (H, W): palette indices, greys, or colours whose channels are equal."""
    if image.mode not in ("1", "L", "P", "LA", "RGB", "RGBA"):
        raise ValidationError(f"{what} has more than 8 bits: save it as an indexed or grey PNG.")
    levels = numpy.atleast_3d(numpy.asarray(image).astype(numpy.uint8))
    if image.mode in ("LA", "RGBA"):
        if (levels[..., -1] < 255).any():
            raise ValidationError(f"{what} is transparent in places: every pixel needs a region.")
        levels = levels[..., :-1]
    if (levels != levels[..., :1]).any():
        raise ValidationError(
            f"{what} is in full colour: save it as an indexed or grey PNG, one value for each region."
        )
    highest = int(levels.max())
    if highest >= regions.MOST_LABELS:
        raise ValidationError(f"{what} has the value {highest}: regions are numbered 0 to {regions.MOST_LABELS - 1}.")
    return numpy.ascontiguousarray(levels[..., 0])


def _as_address(mask: Image.Image) -> str:
    return "data:image/png;base64," + base64.b64encode(_png(mask)).decode()


def _png(mask: Image.Image) -> bytes:
    """With the names of its labels, where it has them."""
    chunks = PngInfo()
    if CHUNK in mask.info:
        chunks.add_text(CHUNK, str(mask.info[CHUNK]))
    return encoded(mask, "PNG", compress_level=2, pnginfo=chunks)
