"""Where a clip is cut: its shots, each of which is painted with one set of colours and strokes. Free of torch.

Two things tell a cut from a movement: the colours of the whole frame change, and each place changes much more than it
did just before and after. Both are measured on frames of 64 px. Fades are no cuts.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from transfer.engine.ladder import fit
from transfer.errors import ClipError
from transfer.film.clip import Clip
from transfer.film.frames import frames
from transfer.film.video import Pixels

# Chosen: how far two frames must be apart for a cut between them, of 1: their colours, and their places.
COLOURS, PLACES = 0.3, 0.06
TIMES = 2.5  # as far as frames nearby are from each other
NEARBY = 6  # frames on either side
SHORTEST = 4  # frames of a shot
SIDE, BINS = 64, 8  # px, and parts of each colour's levels


@dataclass(frozen=True)
class Shot:
    """Frames `first` to `last` of a clip, the last one included, with no cut between them."""

    first: int
    last: int

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.last - self.first + 1


def shots(clip: Clip) -> Generator[int, None, tuple[Shot, ...]]:
    """The shots of a clip, which decodes all of it; pauses after each frame, with its number.

    The last shot ends with the last frame that can be decoded, so a broken clip keeps what it has. Raises ClipError
    where that is nothing.
    """
    last, colours, places, numbers = None, [0.0], [0.0], list[int]()
    for number, pixels in frames(clip, range(clip.frames), fit(clip.size, SIDE)):
        now = _colours(pixels), pixels.astype(numpy.float32) / 255
        if last is not None:
            colours.append(float(numpy.abs(now[0] - last[0]).sum()) / 2)
            places.append(float(numpy.abs(now[1] - last[1]).mean()))
        last = now
        numbers.append(number)
        yield number
    if not numbers:
        raise ClipError("The clip has no frames that can be decoded: save it again, or choose another one.")
    begins = [0, *(numbers[index] for index in cuts(colours, places))]
    return tuple(Shot(first, beyond - 1) for first, beyond in zip(begins, [*begins[1:], numbers[-1] + 1], strict=True))


def cuts(colours: Sequence[float], places: Sequence[float]) -> list[int]:
    """Which frames begin a shot, by how far each is from the one before it, of 1."""
    found = list[int]()
    for index in range(1, len(places)):
        nearby = [*places[max(1, index - NEARBY) : index], *places[index + 1 : index + 1 + NEARBY]]
        usual = float(numpy.median(nearby)) if nearby else 0.0
        is_cut = colours[index] > COLOURS and places[index] > max(PLACES, TIMES * usual)
        if is_cut and index - (found[-1] if found else 0) >= SHORTEST and len(places) - index >= SHORTEST:
            found.append(index)
    return found


def _colours(pixels: Pixels) -> NDArray[numpy.float64]:
    """The share of the pixels at each of BINS^3 colours."""
    red, green, blue = (pixels[..., channel].astype(numpy.int32) * BINS // 256 for channel in range(3))
    counts = numpy.bincount(((red * BINS + green) * BINS + blue).ravel(), minlength=BINS**3)
    shares: NDArray[numpy.float64] = counts / counts.sum()
    return shares
