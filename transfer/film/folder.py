"""A folder of pictures as a clip: its files in the order of the numbers in their names."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy
from PIL import Image

from transfer.errors import ClipError, PictureError
from transfer.film.clip import Clip, Size
from transfer.film.video import Pixels
from transfer.pictures import open_picture

ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".bmp", ".tif", ".tiff"}


def read(path: Path, called: str, rate: int) -> Clip:
    """What is known of it; its frames have the size of the first. Raises ClipError where it has no two pictures."""
    files = pictures(path)
    if len(files) < 2:
        raise ClipError(f"{called} has no two pictures: put the frames of a film into it, numbered by their names.")
    try:
        first = open_picture(files[0])
    except PictureError as error:
        raise ClipError(str(error)) from error
    return Clip(path, first.size, tuple(range(len(files))), len(files), Fraction(1, rate))


def frames(clip: Clip, numbers: Sequence[int], size: Size) -> Iterator[tuple[int, Pixels]]:
    """See `video.frames`."""
    files = pictures(clip.path)
    for number in numbers:
        try:
            picture = open_picture(files[clip.ticks[number] + clip.offset])
        except (PictureError, IndexError):
            continue
        yield number, numpy.array(picture.resize(size, Image.Resampling.LANCZOS))


def pictures(path: Path) -> list[Path]:
    """The files of a folder that are pictures: 2 comes before 10. Hidden ones, as macOS adds them, are none."""
    found = [each for each in path.iterdir() if each.suffix.lower() in ENDINGS and not each.name.startswith(".")]
    return sorted(
        found, key=lambda each: [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", each.name)]
    )
