"""A clip's sound for its film: copied where the film's container takes it as it is, else encoded anew."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from transfer.film.clip import Clip
from transfer.film.video import BROKEN, sound_of

COPIED = {".mp4": ("aac", "mp3"), ".webm": ("opus", "vorbis")}
ENCODED = {".mp4": "aac", ".webm": "libopus"}
RATE, BITS = 48_000, 128_000  # samples and bits a second of what is encoded


class Sound:
    """The first sound of a clip, from where the part that is taken begins to where it ends, in an open film."""

    def __init__(self, clip: Clip, film: Any, ending: str, source: Any) -> None:
        self.clip, self.source = clip, source
        self.stream = sound_of(source)
        self.is_copied = self.stream.codec_context.name in COPIED[ending]
        if self.is_copied:
            self.into = film.add_stream_from_template(self.stream)
        else:
            layout = "mono" if self.stream.codec_context.channels == 1 else "stereo"
            self.into = film.add_stream(ENCODED[ending], rate=RATE, layout=layout)
            self.into.bit_rate = BITS

    def packets(self) -> Iterator[tuple[float, Any]]:
        """When each packet is heard, in seconds of the film, and the packet; ends where the file cannot be read."""
        try:
            yield from self._copied() if self.is_copied else self._encoded()
        except BROKEN:
            return

    @property
    def _begins(self) -> Fraction:
        """Where the film begins, in seconds of the file."""
        return self.clip.offset * self.clip.base

    def _copied(self) -> Iterator[tuple[float, Any]]:
        base, ends, last = self.stream.time_base, self.clip.end * self.clip.base, -1
        shift = round(self._begins / base)
        for packet in self._demuxed():
            if packet.pts is None or packet.pts - shift <= last:  # before what is taken, or twice in the file
                continue
            last = packet.pts - shift
            packet.pts, packet.dts = last, last
            if (time := packet.pts * base) >= ends:
                return
            packet.stream = self.into
            yield float(time), packet

    def _encoded(self) -> Iterator[tuple[float, Any]]:
        import av

        resampler = av.AudioResampler(format=self.into.format, layout=self.into.layout, rate=RATE)
        ends = self.clip.end * self.clip.base
        since = None
        for packet in self._demuxed():
            for frame in packet.decode():
                time = frame.pts * frame.time_base - self._begins
                if time < 0 or time >= ends:
                    continue
                since = time if since is None else since
                for part in resampler.resample(frame):
                    part.pts += round(since * RATE)
                    yield from self._written(self.into.encode(part))
        yield from self._written(self.into.encode(None))

    def _written(self, packets: list[Any]) -> Iterator[tuple[float, Any]]:
        return ((float(packet.pts * packet.time_base), packet) for packet in packets)

    def _demuxed(self) -> Iterator[Any]:
        if self._begins > 0:
            self.source.seek(int(self._begins / self.stream.time_base), stream=self.stream)
        return (packet for packet in self.source.demux(self.stream) if packet.size)
