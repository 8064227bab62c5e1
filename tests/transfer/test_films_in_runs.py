"""A film that is encoded run by run has every frame once, in order, and at its time."""

import io

import av
import numpy
import pytest
from PIL import Image

from transfer.film.reel import RUN, Reel

RATE = 12


def shade(number):
    return Image.new("RGB", (48, 33), (4 * number, 4 * number, 4 * number))


def reel_of(count):
    reel = Reel(RATE)
    for number in range(count):
        reel = reel.and_then(shade(number))
    return reel


@pytest.mark.parametrize("count", [1, RUN, RUN + 1, 2 * RUN + 5])
def test_every_frame_is_there_once_in_order_and_at_its_time(count):
    with av.open(io.BytesIO(reel_of(count).film())) as film:
        stream = film.streams.video[0]
        frames = list(film.decode(stream))
        assert (stream.width, stream.height, stream.frames) == (48, 32, count)

    assert len(reel_of(count)) == count
    assert [frame.time for frame in frames] == pytest.approx([number / RATE for number in range(count)])
    shades = [frame.to_ndarray(format="gray").mean() for frame in frames]
    assert all(numpy.diff(shades) > 1)


def test_a_reel_stays_what_it_is_while_frames_are_added():
    reel = reel_of(RUN - 1)
    reel.and_then(shade(RUN - 1))
    assert len(reel) == RUN - 1
    assert len(reel.pictures) == RUN - 1
