"""Clips in files that FFmpeg's libraries open, through PyAV: what is in them, and their frames one by one.

Only formats that hold their pictures themselves are opened: a playlist could name any other file or address.
"""

import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import av.error
import numpy
from av.container import InputContainer
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from transfer.errors import ClipError
from transfer.film.clip import Clip, Size

Pixels = NDArray[numpy.uint8]  # (H, W, 3), sRGB
SAFE = {"format_whitelist": "mov,matroska,gif,apng,avi,mpegts,mpeg,ogg,flv,asf", "protocol_whitelist": "file"}
FORMATS = "MP4, WebM, MOV or GIF"
MOST = 8192 * 8192  # pixels of a frame that is decoded
SHORT = 0.25  # seconds that may be missing at an end before it is said
LEAP = 48  # frames that are skipped by decoding; more of them by going to a key frame
AVI = "avi"
MOST_REORDERED = 16  # frames that are shown later than some which are stored behind them (H.264, table A-1)
UNSPECIFIED, HIGH = 2, 720  # H.273's number, and the rows from which players then take BT.709
MATRICES = {1: 1, 9: 9, 10: 9}  # H.273's matrices as the scaler numbers them; all others are BT.601's
BT_709, BT_601 = 1, 5
BROKEN = (av.error.FFmpegError, OSError, ValueError)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The container in a file; raises FFmpegError where there is none."""
    whole = str(path.absolute())  # of 12:30.mp4 alone, FFmpeg takes 12 for a protocol
    with av.open(whole, options=SAFE, metadata_errors="replace") as container:
        yield container


def read(path: Path, called: str) -> Clip:
    """What is known of the clip in a file, of which one frame is decoded. Raises ClipError."""
    try:
        with opened(path) as container:
            return _facts(container, path, called)
    except BROKEN as error:
        raise ClipError(
            f"{called} is no film that can be read, or is cut short: choose {FORMATS}, or a folder of pictures."
        ) from error


def frames(clip: Clip, numbers: Sequence[int], size: Size) -> Iterator[tuple[int, Pixels]]:
    """Frames with these rising numbers, scaled to (width, height).

    Those that cannot be decoded are left out, and so are those that the file has twice.
    """
    number_of, last = {tick + clip.offset: number for number, tick in enumerate(clip.ticks)}, -1
    with opened(clip.path) as container:
        stream = _pictures(container)
        for run in _runs(numbers):
            wanted = set(run)
            for time, frame in _shown(container, stream, clip.ticks[run[0]] + clip.offset):
                number = number_of.get(time, -1)
                if number in wanted and number > last:
                    last = number
                    yield number, pixels(frame, size)
                if number >= run[-1]:
                    break


def last_frame(path: Path) -> Pixels:
    """The last frame of a segment that was written here, as it is."""
    with opened(path) as container:
        *_, frame = container.decode(video=0)
        return pixels(frame, (frame.width, frame.height))


def check_size(size: Size, called: str) -> None:
    """Raises ClipError for frames of which none should be decoded."""
    if size[0] * size[1] > MOST:
        raise ClipError(f"{called} has frames of more than {MOST / 1e6:.0f} million pixels: scale it down.")


def pixels(frame: VideoFrame, size: Size) -> Pixels:
    """A frame upright, on white where it is transparent, scaled to (width, height)."""
    turns = round(frame.rotation / 90) % 4
    width, height = size[::-1] if turns % 2 else size
    matrix = frame.colorspace
    source = BT_709 if matrix == UNSPECIFIED and frame.height >= HIGH else MATRICES.get(matrix, BT_601)
    if any(component.is_alpha for component in frame.format.components) or frame.format.has_palette:
        layers = Image.fromarray(frame.reformat(format="rgba", src_colorspace=source).to_ndarray(), "RGBA")
        found = Image.new("RGB", layers.size, "white")
        found.paste(layers, mask=layers.getchannel("A"))
        upright = numpy.array(found.resize((width, height), Image.Resampling.LANCZOS))
    else:
        scaled = frame.reformat(width, height, "rgb24", src_colorspace=source, interpolation="LANCZOS")
        upright = scaled.to_ndarray()
    return numpy.ascontiguousarray(numpy.rot90(upright, turns)) if turns else upright


def _facts(container: InputContainer, path: Path, called: str) -> Clip:
    stream = _pictures(container)
    if stream is None:
        what = "has sound only" if container.streams.audio else "has no pictures"
        raise ClipError(f"{called} {what}: choose a film.")
    if stream.codec_context is None:
        raise ClipError(f"{called} is in a format whose pictures cannot be read here: save it as an MP4.")
    check_size((stream.codec_context.width, stream.codec_context.height), called)
    has_sound, base = sound_of(container) is not None, stream.time_base
    packets = list(_packets(container, stream))
    container.seek(0)
    first = next(_decoded(container, stream), None)
    if first is None or not packets:
        raise ClipError(f"{called} has no frames that can be decoded: save it again, or choose another one.")
    times = sorted({time for time, _ in packets})
    if len(times) < 2:
        raise ClipError(f"{called} has a single picture: choose a film, or paint it as a picture.")
    lasts = max(1, max(packets)[1] or times[-1] - times[-2])
    begin = times[0]
    notes = []
    if container.streams.audio and not has_sound:
        notes.append(f"{called} has sound in a format that cannot be read here: the film is silent.")
    held = times[-1] + lasts if container.format.name == AVI else len(packets)  # an AVI holds a frame by empty ones
    if held < stream.frames:
        notes.append(f"{called} ends early: it has {held:,} of its {stream.frames:,} frames.")
    elif (promised := _promised(stream)) > (times[-1] + lasts) * base + SHORT:
        notes.append(f"{called} ends early: it lasts {float((times[-1] + lasts) * base):.1f} of {promised:.1f} s.")
    return Clip(
        path=path,
        size=_upright(first, stream.sample_aspect_ratio),
        ticks=tuple(time - begin for time in times),
        end=times[-1] - begin + lasts,
        base=base,
        offset=begin,
        has_sound=has_sound,
        notes=tuple(notes),
    )


def _promised(stream: Any) -> float:
    """When the stream ends, in seconds, as a Matroska or WebM file says that was written to its end; else 0."""
    parts = stream.metadata.get("DURATION", "").split(":")
    try:
        hours, minutes, seconds = map(float, parts)
    except ValueError:
        return 0.0
    return 3600 * hours + 60 * minutes + seconds


def _pictures(container: InputContainer) -> Any:
    """The stream of pictures, which is no cover of a song, nor the still one that an AVIF has first; None where there
    is none."""
    streams = [each for each in container.streams.video if not each.disposition & each.disposition.attached_pic]
    found = max(streams, key=lambda each: each.frames != 1, default=None)
    if found is not None and found.codec_context is not None:
        found.thread_type = "AUTO"
        found.codec_context.options = {"max_pixels": str(MOST)}
    return found


def sound_of(container: InputContainer) -> Any:
    """The first stream of sound that can be decoded; None where there is none."""
    return next((each for each in container.streams.audio if each.codec_context is not None), None)


def _packets(container: InputContainer, stream: Any) -> Iterator[tuple[int, int]]:
    """When each frame begins and how long it lasts, in the stream's time, as far as the file can be read."""
    try:
        for packet in container.demux(stream):
            time = packet.dts if packet.pts is None else packet.pts
            if time is not None and packet.size and not packet.is_discard and not packet.is_corrupt:
                yield time, packet.duration or 0
    except BROKEN:
        return


def _decoded(container: InputContainer, stream: Any) -> Iterator[VideoFrame]:
    """Frames from where the container stands, without those that are broken."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, *BROKEN):
            return
        try:
            found = packet.decode()
        except BROKEN:
            continue
        yield from found


def _decoded_from(container: InputContainer, stream: Any, time: int) -> Iterator[VideoFrame]:
    """Frames from the last key frame before a time on; from the beginning where that cannot be found."""
    try:
        container.seek(time, stream=stream)
        found = _decoded(container, stream)
        first = next(found, None)
    except BROKEN:
        first = None
    if first is None or first.pts is None or first.pts > time:
        container.seek(0)
        yield from _decoded(container, stream)
        return
    yield first
    yield from found


def _shown(container: InputContainer, stream: Any, time: int) -> Iterator[tuple[int, VideoFrame]]:
    """When frames are shown, and the frames, from the last key frame before a time on."""
    decoded = _decoded_from(container, stream, time)
    if container.format.name == AVI:
        return _in_order(decoded)
    return ((each.pts, each) for each in decoded if each.pts is not None)


def _in_order(decoded: Iterator[VideoFrame]) -> Iterator[tuple[int, VideoFrame]]:
    """The same of an AVI, which numbers frames as they are stored; the decoder gives them as they are shown."""
    times, waiting = list[int](), deque[VideoFrame]()
    for frame in decoded:
        if frame.pts is None:
            continue
        heapq.heappush(times, frame.pts)
        waiting.append(frame)
        if len(waiting) > MOST_REORDERED:
            yield heapq.heappop(times), waiting.popleft()
    yield from zip(sorted(times), waiting, strict=True)


def _runs(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Rising numbers in parts, between which it is quicker to leap than to decode."""
    breaks = [at for at in range(1, len(numbers)) if numbers[at] - numbers[at - 1] > LEAP]
    return (numbers[first:beyond] for first, beyond in pairwise([0, *breaks, len(numbers)]) if first < beyond)


def _upright(frame: VideoFrame, aspect: Fraction | None) -> Size:
    """The size of a frame whose pixels are made square, and which is turned as it says."""
    width = round(frame.width * aspect) if aspect else frame.width
    return (frame.height, width) if round(frame.rotation / 90) % 2 else (width, frame.height)
