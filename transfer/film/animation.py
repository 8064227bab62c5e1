"""Animated WebP as a clip, which FFmpeg's libraries do not read (RFC 9649, section 2.7.1)."""

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import numpy
from PIL import Image
from PIL.WebPImagePlugin import WebPImageFile

from transfer.errors import ClipError
from transfer.film.clip import Clip, Size
from transfer.film.video import Pixels, check_size
from transfer.reading.complaint import BROKEN

HEADER = 12  # bytes
CHUNK = 8  # bytes of a chunk's name and length
DURATION = slice(12, 15)  # of a frame's chunk, in milliseconds
SHORTEST = 10  # ms: browsers show a frame no shorter; players show those of 0 ms for about that long


def is_webp(beginning: bytes) -> bool:
    """Whether a file that begins so is a WebP."""
    return beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP"


def read(path: Path, called: str) -> Clip:
    """What is known of it. Raises ClipError where it is a single picture, or damaged."""
    data = path.read_bytes()
    lasts = list(_durations(data))
    if len(lasts) < 2:
        raise ClipError(f"{called} has a single picture: choose a film, or paint it as a picture.")
    try:
        size = WebPImageFile(io.BytesIO(data)).size
    except BROKEN as error:
        raise ClipError(f"{called} is damaged or cut short: save it again, or choose another one.") from error
    check_size(size, called)
    ticks = (0, *accumulate(lasts))
    return Clip(path, size, ticks[:-1], ticks[-1], Fraction(1, 1000))


def frames(clip: Clip, numbers: Sequence[int], size: Size) -> Iterator[tuple[int, Pixels]]:
    """See `video.frames`."""
    begins = {tick: index for index, tick in enumerate(accumulate(_durations(clip.path.read_bytes()), initial=0))}
    with Image.open(clip.path, formats=("WEBP",)) as image:
        for number in numbers:
            try:
                image.seek(begins[clip.ticks[number] + clip.offset])
                layers = image.convert("RGBA")
            except BROKEN:
                return
            found = Image.new("RGB", layers.size, "white")
            found.paste(layers, mask=layers.getchannel("A"))
            yield number, numpy.array(found.resize(size, Image.Resampling.LANCZOS))


def _durations(data: bytes) -> Iterator[int]:
    """How long each frame lasts, in milliseconds, as far as the file goes."""
    place = HEADER
    while place + CHUNK <= len(data):
        name, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + CHUNK], "little")
        body = data[place + CHUNK : place + CHUNK + length]
        if name == b"ANMF" and len(body) == length:
            yield max(SHORTEST, int.from_bytes(body[DURATION], "little"))
        place += CHUNK + length + length % 2
