"""The frames of a film as they come, in runs that are encoded as soon as they are full. Free of torch.

A run begins with a picture that needs no other, so runs are joined without being encoded again, and what is kept of a
film under way is small: its runs, and the pictures since the last of them.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Self, cast

from PIL import Image

from transfer.film.writer import CONTAINERS, FilmWriter, even

RUN = 24  # frames
# Bytes a pixel: the pictures of a run, which may be in memory twice, and what the encoder keeps.
OF_A_FRAME, OF_THE_ENCODER = 6, 60
ENCODER = 40 * 2**20  # bytes whatever the size


@dataclass(frozen=True)
class Reel:
    """A film of `rate` frames a second, as far as it is there. It stays what it is while frames are added.

    `runs` are MP4 files of RUN frames each, and `pictures` the RGB frames since the last of them.
    """

    rate: int
    runs: tuple[bytes, ...] = ()
    pictures: tuple[Image.Image, ...] = ()

    def __len__(self) -> int:
        """The frames that are there."""
        return RUN * len(self.runs) + len(self.pictures)

    def and_then(self, picture: Image.Image) -> Self:
        """The same with one more frame."""
        pictures = (*self.pictures, picture)
        if len(pictures) < RUN:
            return replace(self, pictures=pictures)
        return replace(self, runs=(*self.runs, encoded(pictures, self.rate)), pictures=())

    def film(self) -> bytes:
        """All frames, as one MP4 file. Of a film without frames: nothing."""
        last = (encoded(self.pictures, self.rate),) if self.pictures else ()
        return joined((*self.runs, *last), self.rate)


def memory(pixels: int) -> int:
    """The bytes of the frames that are not encoded yet, of so many pixels each, and of the encoder."""
    return ENCODER + pixels * (OF_THE_ENCODER + OF_A_FRAME * RUN)


def encoded(pictures: Sequence[Image.Image], rate: int) -> bytes:
    """RGB pictures of one size as an MP4 file."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        with FilmWriter(Path(file.name), even(pictures[0].size), rate) as film:
            for picture in pictures:
                film.add(picture)
        return file.read()


def joined(runs: Sequence[bytes], rate: int) -> bytes:
    """MP4 files of one size and one rate, as FilmWriter writes them, one after another as one."""
    import av  # large, and seldom needed

    if len(runs) < 2:
        return b"".join(runs)
    with tempfile.TemporaryDirectory() as folder:
        path, part = Path(folder) / "film.mp4", Path(folder) / "run.mp4"
        output = cast(Any, av.open(str(path), "w", options=CONTAINERS[".mp4"]))
        with output:
            stream, before = None, Fraction(0)
            for run in runs:
                part.write_bytes(run)
                with cast(Any, av.open(str(part))) as source:
                    video = source.streams.video[0]
                    stream = stream or output.add_stream_from_template(video)
                    _append(source, video, output, stream, before)
                    before += Fraction(video.frames, rate)
        return path.read_bytes()


def _append(source: Any, video: Any, output: Any, stream: Any, before: Fraction) -> None:
    """The packets of a run, as many seconds later as are `before` it."""
    later = round(before / video.time_base)
    for packet in source.demux(video):
        if packet.dts is None:  # the end
            continue
        packet.pts, packet.dts = packet.pts + later, packet.dts + later
        packet.stream = stream
        output.mux(packet)
