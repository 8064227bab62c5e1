"""Segments become one film, with the sound of the clip. Free of torch.

Videos are joined as they are, packet by packet. An animated WebP, which cannot be joined, is encoded anew of them.
"""

import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from transfer.errors import ClipError
from transfer.film.clip import Clip
from transfer.film.segments import Segment
from transfer.film.sound import Sound
from transfer.film.video import opened, pixels
from transfer.film.writer import CONTAINERS, FilmWriter
from transfer.replacing import replacing

JOINED = {".mp4": ".mp4", ".webm": ".webm", ".webp": ".mp4"}  # what segments are, by what the film is
Parts = Sequence[tuple[Segment, Path]]


def joined(clip: Clip, parts: Parts, output: Path) -> tuple[str, ...]:
    """Writes the film of a clip whose segments are in these files, completely or not at all.

    Gives sentences about what went otherwise than one would expect. Raises OSError where it cannot be written, and
    ClipError where a segment is damaged.
    """
    with replacing(output) as unfinished:
        return (_animation if output.suffix.lower() == ".webp" else _video)(clip, parts, unfinished)


@contextmanager
def _painted(path: Path) -> Iterator[Any]:
    """The container of a segment."""
    import av.error

    with ExitStack() as stack:
        try:
            container = stack.enter_context(opened(path))
        except av.error.InvalidDataError as error:
            raise ClipError(f"{path} is damaged: delete it, and it is painted again.") from error
        yield container


def _animation(clip: Clip, parts: Parts, output: Path) -> tuple[str, ...]:
    with _painted(parts[0][1]) as first:
        size = first.streams.video[0].codec_context.width, first.streams.video[0].codec_context.height
    with FilmWriter(output, size, clip.rate, base=clip.base) as film:
        for segment, path in parts:
            begin = clip.ticks[segment.first]
            with _painted(path) as container:
                for frame in container.decode(video=0):
                    since, lasts = (round(each * frame.time_base / clip.base) for each in (frame.pts, frame.duration))
                    film.add_at(pixels(frame, size), begin + since, lasts)
    return ("An animated WebP has no sound: choose an MP4 to keep it.",) if clip.has_sound else ()


def _video(clip: Clip, parts: Parts, output: Path) -> tuple[str, ...]:
    import av

    ending = output.suffix.lower()
    with ExitStack() as stack:
        film: Any = stack.enter_context(
            av.open(str(output.absolute()), "w", format=ending[1:], options=CONTAINERS[ending])
        )
        template = stack.enter_context(_painted(parts[0][1]))
        into = film.add_stream_from_template(template.streams.video[0])
        into.time_base = clip.base
        tracks = [_pictures(clip, parts, into)]
        if clip.has_sound:
            sound = Sound(clip, film, ending, stack.enter_context(opened(clip.path)))
            tracks.append(sound.packets())
        for _, packet in heapq.merge(*tracks, key=lambda each: each[0]):
            film.mux(packet)
    return ()


def _pictures(clip: Clip, parts: Parts, into: Any) -> Iterator[tuple[float, Any]]:
    """When each packet is shown, in seconds, and the packet."""
    for segment, path in parts:
        begin = clip.ticks[segment.first] * clip.base
        with _painted(path) as container:
            stream = container.streams.video[0]
            shift = round(begin / stream.time_base)
            for packet in container.demux(stream):
                if packet.size:
                    packet.pts, packet.dts = packet.pts + shift, packet.pts + shift
                    packet.stream = into
                    yield float(packet.pts * packet.time_base), packet
