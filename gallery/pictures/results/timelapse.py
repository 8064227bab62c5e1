"""How a render came to be, rung by rung, as a film: H.264 in MP4, or an animated WebP."""

import hashlib
import io
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image

from gallery.models import Render
from gallery.pictures.results import derived
from transfer.engine.ladder import fit
from transfer.film.writer import FilmWriter, even
from transfer.pictures import encoded

LONGEST = 1024  # px
RATE = 25  # frames a second
HELD, FADE, LAST = 12, 6, 50  # frames
FADE_IN_WEBP = 3


def size(render: Render) -> tuple[int, int]:
    """Width and height of the film: both even, as H.264 wants it."""
    longest = min(LONGEST, max(render.width, render.height))
    return even(fit((render.width, render.height), longest))


def is_there(render: Render) -> bool:
    """Whether there is more to be shown than the output."""
    return render.frames.count() > 1


def as_mp4(render: Render) -> str:
    """The name of the stored film. Raises `derived.Busy`, and FileNotFoundError when a picture of it is gone."""
    return derived.stored(_name(render, ".mp4"), lambda: _mp4(_pictures(render)))


def as_webp(render: Render) -> str:
    """The same, as an animated WebP."""
    return derived.stored(_name(render, "-film.webp"), lambda: _webp(_pictures(render)))


def _name(render: Render, ending: str) -> str:
    frames = "".join(render.frames.values_list("file", flat=True))
    return derived.name(str(render.output), f"-{hashlib.sha256(frames.encode()).hexdigest()[:8]}{ending}")


def _pictures(render: Render) -> list[Image.Image]:
    """The rungs' pictures, all of one size; the last one is the output, from which it is taken."""
    *rungs, _ = render.frames.values_list("file", flat=True)
    return [_opened(name, size(render)) for name in (*rungs, str(render.output))]


def _opened(name: str, size: tuple[int, int]) -> Image.Image:
    with default_storage.open(name) as file, Image.open(io.BytesIO(file.read()), formats=("PNG", "WEBP")) as image:
        return image.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _film(pictures: list[Image.Image], fade: int) -> Iterator[tuple[Image.Image, int]]:
    """Pictures and for how many frames each is shown: every rung is held, then turns into the next in `fade` steps."""
    for picture, following in pairwise(pictures):
        yield picture, HELD
        for step in range(1, fade + 1):
            yield Image.blend(picture, following, step / (fade + 1)), FADE // fade
    yield pictures[-1], LAST


def _mp4(pictures: list[Image.Image]) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        with FilmWriter(Path(file.name), pictures[0].size, RATE) as film:
            for picture, count in _film(pictures, FADE):
                film.add(picture, count)
        return file.read()


def _webp(pictures: list[Image.Image]) -> bytes:
    film = list(_film(pictures, FADE_IN_WEBP))
    durations = [1000 * count // RATE for _, count in film]
    return encoded(
        film[0][0],
        "WEBP",
        save_all=True,
        append_images=[picture for picture, _ in film[1:]],
        duration=durations,
        loop=0,
        quality=75,
        method=1,
    )
