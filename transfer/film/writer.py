"""Writes pictures one after another as a film: H.264 in MP4, VP9 in WebM, or an animated WebP. Free of torch.

What is written is on the disk soon after it is given, so a film of any length takes the memory of a few frames. The
colours of a video are those of BT.709, and it says so: without that, players guess by the size, and guess wrong.
"""

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import numpy
from PIL import Image

from transfer.errors import TransferError
from transfer.processor import has

if TYPE_CHECKING:
    from numpy.typing import NDArray

BT_709, LIMITED = 1, 1  # as ITU-T H.273 numbers them
PIXELS = {"libx264": "yuv420p", "libvpx-vp9": "yuv420p", "libwebp_anim": "bgra"}
CODECS = {".mp4": "libx264", ".webm": "libvpx-vp9", ".webp": "libwebp_anim"}
OPTIONS = {
    "libx264": {"crf": "20", "preset": "veryfast"},
    "libvpx-vp9": {"crf": "32", "b": "0", "deadline": "realtime", "cpu-used": "6"},
    "libwebp_anim": {"quality": "75", "compression_level": "1"},
}
# Frames that are shown later are not encoded earlier: so each may last as long as it likes, and films can be joined.
IN_ORDER = {"libx264": {"bf": "0"}}
# x264's code for AVX-512 looks at memory that nobody has written to, and makes other bytes of equal frames.
WITHOUT_AVX_512 = {"libx264": {"x264-params": "asm=AVX2,FMA3,BMI2,LZCNT"}}
CONTAINERS: dict[str, dict[str, str]] = {
    ".mp4": {"movflags": "faststart"},
    ".webm": {"fflags": "+bitexact"},  # no numbers by chance in it
    ".webp": {"loop": "0"},
}
LONGEST = {".mp4": 8192, ".webm": 16384, ".webp": 16383}  # px


class FilmWriter:
    """A film in a file, whose ending says of which kind, with pictures of `size` at `rate` a second.

    It is a context manager; where its block is left by an error, the file is removed. `size` is (width, height) in
    pixels, both even, as videos want them: see `even`. With `threads`, so many encode; 0 lets the encoder choose.
    With `base`, frames come at times of their own, which count in so many seconds: see `add_at`.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        rate: int | Fraction,
        threads: int = 1,
        base: Fraction | None = None,
    ) -> None:
        """Raises OSError where the file cannot be written, and TransferError where its ending names no film."""
        import av  # large, and seldom needed

        check(path, size)
        ending = path.suffix.lower()
        self.path, self.size, self.frames = path, size, 0
        self._codec = CODECS[ending]
        self._container = cast(Any, av.open(str(path.absolute()), "w", format=ending[1:], options=CONTAINERS[ending]))
        options = OPTIONS[self._codec] | (IN_ORDER.get(self._codec, {}) if base else {})
        options |= WITHOUT_AVX_512.get(self._codec, {}) if has("avx512f") else {}
        self._stream = self._container.add_stream(self._codec, rate=rate, options=options)
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = PIXELS[self._codec]
        self._base = base or 1 / Fraction(rate)
        self._stream.time_base = self._stream.codec_context.time_base = self._base
        self._stream.codec_context.flags |= av.codec.context.Flags.frame_duration.value
        if threads:
            self._stream.thread_count = threads
        if self._codec != "libwebp_anim":
            context = self._stream.codec_context
            context.colorspace = context.color_primaries = context.color_trc = BT_709
            context.color_range = LIMITED

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._container.mux(self._stream.encode())
        finally:
            self._container.close()
        if error is not None:
            self.path.unlink(missing_ok=True)

    def add(self, picture: Image.Image, count: int = 1) -> None:
        """Shows an RGB picture, brought to the film's size, for `count` frames."""
        shown = picture if picture.size == self.size else picture.resize(self.size, Image.Resampling.LANCZOS)
        frame = self._converted(numpy.ascontiguousarray(shown))
        for _ in range(count):
            self._write(frame)

    def add_at(self, pixels: "NDArray[numpy.uint8]", time: int, lasts: int) -> None:
        """Shows a picture (H, W, 3) of the film's size from `time` on, for so long, both in `base` seconds."""
        frame = self._converted(pixels)
        frame.duration = lasts
        self._write(frame, time)

    def add_planes(self, planes: "NDArray[numpy.uint8]") -> None:
        """Shows one frame of a video that is in 4:2:0 already: all planes one below the other, (3 H / 2, W)."""
        import av

        self._write(av.VideoFrame.from_ndarray(planes, format="yuv420p"))

    def _converted(self, pixels: "NDArray[numpy.uint8]") -> Any:
        import av

        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        if self._codec == "libwebp_anim":
            return frame
        return frame.reformat(format=PIXELS[self._codec], dst_colorspace=BT_709, dst_color_range=LIMITED)

    def _write(self, frame: Any, time: int | None = None) -> None:
        frame.pts = self.frames if time is None else time
        frame.time_base = self._base
        self._container.mux(self._stream.encode(frame))
        self.frames += 1


def check(path: Path, size: tuple[int, int]) -> None:
    """Raises TransferError where no film of this size can be in a file of that name."""
    ending = path.suffix.lower()
    if ending not in CODECS:
        raise TransferError(f"{path} should end in {', '.join(CODECS)}.")
    if max(size) > LONGEST[ending]:
        raise TransferError(f"A film in {ending} can be {LONGEST[ending]:,} px long: choose a smaller size.")


def even(size: tuple[int, int]) -> tuple[int, int]:
    """(width, height) with a pixel less where one of them is odd, and at least 2."""
    width, height = (max(2, side // 2 * 2) for side in size)
    return width, height
