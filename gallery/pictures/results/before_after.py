"""What a render was painted from, and what came of it: both in one picture.

Both are taken at one size. Of an output too large to be decoded while somebody waits, its small version is taken.
"""

import io

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from gallery.models import Picture, Render
from gallery.pictures import thumbnails
from gallery.pictures.results import conversion, derived
from transfer.engine.ladder import fit
from transfer.pictures import encoded

Size = tuple[int, int]
LONGEST = 1600  # px: the long side of each of the two
GAP = 16  # px
WIDE = 2  # times as wide as high: from here on one stands above the other
WEBP = {"quality": 90, "method": 2}
PNG = {"compress_level": 3}


def as_webp(render: Render, content: Picture) -> str:
    """The name of the stored picture. Raises `derived.Busy`, and FileNotFoundError when one of the two is gone."""
    return derived.stored(_name(render, content, ".webp"), lambda: encoded(_joined(render, content), "WEBP", **WEBP))


def as_png(render: Render, content: Picture) -> str:
    """The same, as PNG."""
    return derived.stored(_name(render, content, ".png"), lambda: encoded(_joined(render, content), "PNG", **PNG))


def both(render: Render, content: Picture, size: Size) -> tuple[Image.Image, Image.Image]:
    """Content and output as RGB pictures of `size`; of a content of another shape, its middle."""
    found = (_opened(str(content.file)), _opened(_readable(render)))
    before, after = (ImageOps.fit(each, size, Image.Resampling.LANCZOS) for each in found)
    return before, after


def beside(before: Image.Image, after: Image.Image) -> Image.Image:
    """Two pictures of one size on white: side by side, or where they are wide, one above the other."""
    width, height = before.size
    is_wide = width > WIDE * height
    place = (0, height + GAP) if is_wide else (width + GAP, 0)
    joined = Image.new("RGB", (place[0] + width, place[1] + height), "white")
    joined.paste(before, (0, 0))
    joined.paste(after, place)
    return joined


def _name(render: Render, content: Picture, ending: str) -> str:
    return derived.name(str(render.output), f"-beside-{content.sha256[:8]}{ending}")


def _joined(render: Render, content: Picture) -> Image.Image:
    size = render.width, render.height
    return beside(*both(render, content, fit(size, min(LONGEST, max(size)))))


def _readable(render: Render) -> str:
    """The stored file from which the output is read."""
    return str(render.output) if conversion.is_convertible(render) else thumbnails.largest(render).name


def _opened(name: str) -> Image.Image:
    with default_storage.open(name) as file, Image.open(io.BytesIO(file.read()), formats=("PNG", "WEBP")) as image:
        return image.convert("RGB")
