"""Films are files that players read: so many frames, of that size and pace, in colours that they name."""

import av
import numpy
import pytest
from PIL import Image

from transfer.errors import TransferError
from transfer.film.writer import FilmWriter, check, even

COLOURS = ("#c03030", "#30a040", "#3050c0", "#d0c040", "#888888")
SIZE = (96, 64)


def film(path, size=SIZE):
    with FilmWriter(path, size, 12) as writer:
        for colour in COLOURS:
            writer.add(Image.new("RGB", SIZE, colour), count=2)
    return path


@pytest.mark.parametrize("ending", [".mp4", ".webm"])
def test_a_video_has_every_frame_in_its_colour_and_says_that_they_are_bt_709(tmp_path, ending):
    with av.open(str(film(tmp_path / f"a{ending}"))) as container:
        stream = container.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        context = stream.codec_context
        assert (context.width, context.height) == SIZE
        assert stream.average_rate == 12
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)

    assert len(frames) == 2 * len(COLOURS)
    for frame, colour in zip(frames[1::2], COLOURS, strict=True):
        wanted = numpy.array(Image.new("RGB", (1, 1), colour))[0, 0]
        assert abs(frame[16:48, 16:80].mean((0, 1)) - wanted).max() < 12


def test_an_animated_webp_has_every_picture_and_plays_for_ever(tmp_path):
    with Image.open(film(tmp_path / "a.webp")) as image:
        assert image.size == SIZE
        assert image.n_frames == len(COLOURS)  # equal frames are one that is shown for longer
        assert image.info["loop"] == 0
        durations = []
        for number, colour in enumerate(COLOURS):
            image.seek(number)
            image.load()
            durations.append(image.info["duration"])
            wanted = numpy.array(Image.new("RGB", (1, 1), colour))[0, 0]
            assert abs(numpy.asarray(image.convert("RGB")).mean((0, 1)) - wanted).max() < 6
    assert sum(durations) == pytest.approx(10 / 12 * 1000, abs=90)


def test_pictures_of_another_size_are_brought_to_the_films(tmp_path):
    with av.open(str(film(tmp_path / "a.mp4", even((33, 65))))) as container:
        context = container.streams.video[0].codec_context
        assert (context.width, context.height) == (32, 64)


def test_a_film_that_is_broken_off_leaves_no_file(tmp_path):
    path = tmp_path / "a.mp4"

    def broken_off():
        with FilmWriter(path, SIZE, 12) as writer:
            writer.add(Image.new("RGB", SIZE, "red"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "size", "complaint"),
    [
        ("a.gif", SIZE, r"should end in .mp4, .webm, .webp"),
        ("a.mp4", (9000, 64), r"A film in .mp4 can be 8,192 px long: choose a smaller size"),
    ],
)
def test_what_no_film_can_be_is_refused(tmp_path, name, size, complaint):
    with pytest.raises(TransferError, match=complaint):
        check(tmp_path / name, size)
