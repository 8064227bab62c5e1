"""How a render came to be, rung by rung, as a film: H.264 in MP4, or an animated WebP."""

import hashlib
import io
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import numpy
from django.core.files.storage import default_storage
from PIL import Image

from gallery.models import Render
from gallery.pictures.results import derived
from transfer.engine.ladder import fit
from transfer.pictures import encoded

LONGEST = 1024  # px
RATE = 25  # frames a second
HELD, FADE, LAST = 12, 6, 50  # frames
FADE_IN_WEBP = 3
BT_709, LIMITED = 1, 1  # as ITU-T H.273 numbers them; without them, browsers guess by the size, and guess wrong
QUALITY = {"crf": "20", "preset": "veryfast"}


def size(render: Render) -> tuple[int, int]:
    """Width and height of the film: both even, as H.264 wants it."""
    longest = min(LONGEST, max(render.width, render.height))
    width, height = fit((render.width, render.height), longest)
    return max(2, width // 2 * 2), max(2, height // 2 * 2)


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
    import av  # large, and seldom needed

    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        with av.open(file.name, "w", options={"movflags": "faststart"}) as container:
            stream = container.add_stream("libx264", rate=RATE, options=QUALITY)
            stream.width, stream.height = pictures[0].size
            stream.pix_fmt = "yuv420p"
            stream.time_base = Fraction(1, RATE)
            stream.thread_count = 1  # the other processor is the painter's
            context = stream.codec_context
            context.colorspace = context.color_primaries = context.color_trc = BT_709
            context.color_range = LIMITED
            number = 0
            for picture, count in _film(pictures, FADE):
                whole = av.VideoFrame.from_ndarray(numpy.asarray(picture), format="rgb24")
                frame = whole.reformat(format="yuv420p", dst_colorspace=BT_709, dst_color_range=LIMITED)
                for _ in range(count):
                    frame.pts = number
                    container.mux(stream.encode(frame))
                    number += 1
            container.mux(stream.encode())
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
