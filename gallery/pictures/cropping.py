"""Parts of pictures: a picture of its own, made from a whole one, which remembers where it came from.

Labels and heights of the whole are cropped and turned with it. Its rivers and its recipe are not the part's.
"""

import io

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from gallery.accounts.person import Person
from gallery.models import Picture
from gallery.pictures import blobs, places
from gallery.pictures.uploads import LONGEST_RATIO, SHORTEST_SIDE, Decoded, Known, one_at_a_time
from transfer.cropping import Crop
from transfer.pictures import encoded
from transfer.synthesis.made import CHUNK


def cropped(whole: Decoded | Picture, crop: Crop) -> Decoded:
    """This part of a picture, not stored yet. Raises ValidationError with one sentence where it cannot be used."""
    size = (whole.width, whole.height) if isinstance(whole, Picture) else whole.picture.size
    _refuse(*crop.size(size))
    opened = _opened(whole) if isinstance(whole, Picture) else whole
    sha256 = whole.sha256 if isinstance(whole, Picture) else blobs.digest(whole.as_file())
    labels = places.labels_in(opened.known.labels or "")
    return Decoded(
        crop.of(opened.picture),
        opened.name,
        Known(origin_sha256=sha256, crop=str(crop), credit=opened.known.credit),
        height=_height(opened, crop),
        labels=crop.of_labels(labels).png() if labels else b"",
        notes=opened.notes,
    )


def there(whole: Picture, crop: Crop, person: Person) -> Picture | None:
    """This part, if it is here already: the person's own before anybody else's."""
    parts = Picture.objects.visible_to(person).filter(origin_sha256=whole.sha256, crop=str(crop))
    found = parts.filter(elevation__isnull=whole.elevation_id is None, labels__isnull=whole.labels_id is None)
    return found.belonging_to(person).first() or found.lasting().first()


def whole_of(part: Picture, person: Person) -> Picture | None:
    """The picture of which this one is found again by its crop, if that is here: the person's own before others'."""
    if not part.crop:
        return None
    wholes = Picture.objects.visible_to(person).filter(sha256=part.origin_sha256)
    whole = wholes.belonging_to(person).first() or wholes.lasting().first()
    again = there(whole, Crop.read(part.crop), person) if whole else None
    return whole if again and again.sha256 == part.sha256 else None


def _refuse(width: int, height: int) -> None:
    if min(width, height) < SHORTEST_SIDE:
        raise ValidationError(
            f"The crop has {width} × {height} pixels, and each side needs {SHORTEST_SIDE}: choose a larger part."
        )
    if max(width, height) > LONGEST_RATIO * min(width, height):
        raise ValidationError(f"The crop is over {LONGEST_RATIO} times as long as it is wide: choose another part.")


def _opened(whole: Picture) -> Decoded:
    known = Known(elevation=whole.elevation_id, labels=whole.labels_id, credit=whole.credit)
    try:
        with one_at_a_time, whole.file.open() as file, Image.open(file, formats=("PNG",)) as image:
            return Decoded(image.convert("RGB"), whole.name, known)
    except OSError as error:
        raise ValidationError("The stored picture cannot be read any more: upload it again.") from error


def _height(opened: Decoded, crop: Crop) -> bytes:
    """The heights of this part as a grey PNG of 16 bits; empty where none are known, or can be read any more."""
    if not (opened.height or opened.known.elevation):
        return b""
    try:
        file = io.BytesIO(opened.height) if opened.height else default_storage.open(str(opened.known.elevation))
        with file, Image.open(file, formats=("PNG",)) as image:
            image.load()
            return encoded(crop.of(image), "PNG", pnginfo=_told(image))
    except OSError:
        return b""


def _told(image: Image.Image) -> PngInfo:
    """What the file of heights says of the sea and of metres, for the file of a part."""
    chunks = PngInfo()
    if isinstance(told := image.info.get(CHUNK), str):
        chunks.add_text(CHUNK, told)
    return chunks
