"""Clips that the tests film, and what they share to look at films."""

from fractions import Fraction
from itertools import pairwise

import av
import numpy
from PIL import Image, ImageDraw

SIZE = (64, 48)
RATE = 12
LEFT, RIGHT = (200, 60, 40), (40, 80, 190)


def frame(number, size=SIZE, colours=(LEFT, RIGHT)):
    """Two halves, the border between which moves by a pixel a frame, and a white square in the upper left corner."""
    picture = Image.new("RGB", size, colours[1])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 4 + number, size[1]), fill=colours[0])
    draw.rectangle((0, 0, size[0] // 8, size[1] // 8), fill="white")
    return picture


def frames(count, size=SIZE, cut=None):
    """So many of them; from `cut` on with other colours."""
    other = ((30, 120, 60), (230, 220, 120))
    return [frame(number, size, (LEFT, RIGHT) if cut is None or number < cut else other) for number in range(count)]


def write(path, pictures, codec="libx264", rate=RATE, times=None, turned=0, sound=None, **options):
    """A film in a file; `times` are in milliseconds, `sound` names a codec, and `turned` is in degrees."""
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height = pictures[0].size
        stream.pix_fmt = {"gif": "rgb8", "ffv1": "yuva420p", "apng": "rgba"}.get(codec, "yuv420p")
        if times:
            stream.codec_context.time_base = Fraction(1, 1000)
        if turned:
            stream.set_display_rotation(turned)
        heard = container.add_stream(sound, rate=48000, layout="stereo") if sound else None
        for number, picture in enumerate(pictures):
            levels = av.VideoFrame.from_ndarray(numpy.asarray(picture), "rgba" if picture.mode == "RGBA" else "rgb24")
            shown = levels.reformat(format=stream.pix_fmt)
            shown.pts = times[number] if times else number
            if times:
                shown.time_base = Fraction(1, 1000)
            container.mux(stream.encode(shown))
        container.mux(stream.encode())
        if heard:
            _write_sound(container, heard, len(pictures) / rate)
    return path


def _write_sound(container, stream, seconds):
    """A tone that rises."""
    for start in range(0, int(48000 * seconds) - 959, 960):
        at = numpy.arange(start, start + 960) / 48000
        wave = 0.3 * numpy.sin(2 * numpy.pi * (300 + 200 * at) * at)
        heard = av.AudioFrame.from_ndarray(numpy.stack([wave, wave]).astype("float32"), "fltp", "stereo")
        heard.sample_rate, heard.pts, heard.time_base = 48000, start, Fraction(1, 48000)
        container.mux(stream.encode(heard))
    container.mux(stream.encode())


def shown(path):
    """When each frame of a film begins, in seconds, and the frames (H, W, 3) from 0 to 1."""
    with av.open(str(path)) as container:
        found = [(each.time, each.to_ndarray(format="rgb24") / 255) for each in container.decode(video=0)]
    return [time for time, _ in found], [pixels for _, pixels in found]


def flicker(after, before):
    """The frame-difference loss of pictures or arrays: how otherwise they change."""
    changes = [[_levels(now) - _levels(last) for last, now in pairwise(each)] for each in (after, before)]
    return float(numpy.mean([numpy.abs(ours - theirs).mean() for ours, theirs in zip(*changes, strict=True)]))


def _levels(given):
    return numpy.asarray(given, float) / (255 if isinstance(given, Image.Image) else 1)
