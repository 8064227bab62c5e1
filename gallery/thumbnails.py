"""The small version of a picture, and the few bytes that stand for it while it loads."""

import base64
import io
from dataclasses import dataclass

from PIL import Image

from gallery import blobs

LONGEST = 640
PLACEHOLDER = 12


@dataclass(frozen=True)
class MadeThumbnail:
    """Values for the fields of `models.Thumbnail`."""

    name: str
    width: int
    height: int
    placeholder: str

    def fields(self) -> dict[str, object]:
        """By field name."""
        return {
            "thumbnail": self.name,
            "thumbnail_width": self.width,
            "thumbnail_height": self.height,
            "placeholder": self.placeholder,
        }


def make(picture: Image.Image) -> MadeThumbnail:
    """Stores a WebP of at most 640 px for an RGB picture; the placeholder is a data URI of a dozen pixels."""
    small = picture.copy()
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    name = blobs.store("thumbnails", _webp(small, quality=82), ".webp")
    tiny = small.copy()
    tiny.thumbnail((PLACEHOLDER, PLACEHOLDER), Image.Resampling.BOX)
    uri = "data:image/webp;base64," + base64.b64encode(_webp(tiny, quality=40)).decode()
    return MadeThumbnail(name, small.width, small.height, uri)


def _webp(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=4)
    return buffer.getvalue()
