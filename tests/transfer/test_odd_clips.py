"""Odd clips are read as players show them, or told of in a sentence; none ends in an error of the decoder's."""

import re
import struct
from fractions import Fraction
from types import SimpleNamespace

import av
import numpy
import pytest
from PIL import Image

from tests.transfer.films import RATE, frame, frames, write
from transfer.errors import ClipError
from transfer.film.clip import Clip
from transfer.film.frames import frames as decoded
from transfer.film.reading import read
from transfer.film.sound import Sound

SMALL = (64, 48)


def numbers(clip):
    return [number for number, _ in decoded(clip, range(clip.frames), SMALL)]


def reordered(path, count=40):
    """An AVI whose frames are stored in another order than they are shown in, which it does not say."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"bf": "3", "g": "12"})
        (stream.width, stream.height), stream.pix_fmt = SMALL, "yuv420p"
        for number, picture in enumerate(frames(count)):
            shown = av.VideoFrame.from_image(picture).reformat(format="yuv420p")
            shown.pts = number
            container.mux(stream.encode(shown))
        container.mux(stream.encode())
    return path


def test_an_avi_whose_frames_are_stored_in_another_order_is_shown_in_the_right_one(tmp_path):
    clip = read(reordered(tmp_path / "a.avi"))
    found = list(decoded(clip, range(clip.frames), SMALL))

    assert [number for number, _ in found] == list(range(40))
    for number, pixels in found:
        assert abs(pixels[30].astype(int) - numpy.asarray(frame(number), int)[30]).mean() < 25, number
    ((number, pixels),) = decoded(clip, [31], SMALL)
    assert number == 31
    assert (pixels == found[31][1]).all()


def test_an_avi_that_holds_frames_is_whole_and_one_that_is_cut_short_is_not(tmp_path):
    path = write(tmp_path / "a.avi", frames(6), "mpeg4", times=[0, 40, 80, 240, 300, 900])
    assert (read(path).frames, read(path).notes) == (6, ())
    content = path.read_bytes()
    chunks = [found.start() for found in re.finditer(b"00dc", content[: content.rindex(b"idx1")])]
    path.write_bytes(content[: chunks[len(chunks) // 2]])
    assert "ends early" in read(path).notes[0]


def test_a_frame_that_is_there_twice_is_shown_once(tmp_path):
    with av.open(str(tmp_path / "a.mkv"), "w") as container:
        stream = container.add_stream("mjpeg", rate=RATE)
        (stream.width, stream.height), stream.pix_fmt = SMALL, "yuvj420p"
        for time, picture in zip((0, 1, 1, 2, 3), frames(5), strict=True):
            shown = av.VideoFrame.from_image(picture).reformat(format="yuvj420p")
            for packet in stream.encode(shown):
                packet.pts = packet.dts = time
                container.mux(packet)
    assert numbers(read(tmp_path / "a.mkv")) == [0, 1, 2, 3]


def test_sound_that_goes_back_in_time_is_left_out_there(tmp_path):
    clip = read(write(tmp_path / "a.mp4", frames(6), sound="aac"))
    sound = Sound.__new__(Sound)
    sound.clip, sound.stream, sound.into, sound.is_copied = (
        clip,
        SimpleNamespace(time_base=Fraction(1, 100)),
        None,
        True,
    )
    sound._demuxed = lambda: (
        SimpleNamespace(pts=time, time_base=Fraction(1, 100)) for time in (-5, 0, 10, 10, 4, 20, 90)
    )

    assert [time for time, _ in sound.packets()] == [0, 0.1, 0.2]


def test_a_clip_whose_clock_is_fine_has_a_rate_that_an_encoder_takes(tmp_path):
    ticks = tuple(333_667 * number + number % 7 for number in range(1500))
    clip = Clip(tmp_path, SMALL, ticks, ticks[-1] + 333_667, Fraction(1, 10**7))
    slow = Clip(tmp_path, SMALL, (0, 1), 10_000, Fraction(1))

    assert float(clip.rate) == pytest.approx(29.97, abs=0.01)
    assert clip.rate.numerator < 2**31
    assert slow.rate > 0
    assert Clip(tmp_path, SMALL, (0,), 1001, Fraction(1, 30_000)).rate == Fraction(30_000, 1001)


def test_a_format_that_nobody_knows_is_told_in_a_sentence(tmp_path):
    path = write(tmp_path / "a.mp4", frames(3))
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))

    with pytest.raises(ClipError, match="my clip is in a format whose pictures cannot be read here: save it as an MP4"):
        read(path, "my clip")


def test_a_clip_whose_sound_nobody_knows_is_silent_and_says_so(tmp_path):
    path = write(tmp_path / "a.mkv", frames(6), sound="libopus")
    path.write_bytes(path.read_bytes().replace(b"A_OPUS", b"A_NONE"))
    clip = read(path)

    assert (clip.frames, clip.has_sound) == (6, False)
    assert "the film is silent" in clip.notes[0]


def test_a_name_that_looks_like_an_address_is_a_name(tmp_path, monkeypatch):
    write(tmp_path / "a.mp4", frames(3)).rename(tmp_path / "12:30 ä\n.mp4")
    monkeypatch.chdir(tmp_path)
    assert numbers(read((tmp_path / "12:30 ä\n.mp4").relative_to(tmp_path))) == [0, 1, 2]


def test_an_animated_avif_is_a_clip_and_a_still_one_is_not(tmp_path):
    first, *others = frames(4)
    first.save(tmp_path / "a.avif", save_all=True, append_images=others, duration=50)
    first.save(tmp_path / "still.avif")

    clip = read(tmp_path / "a.avif")
    assert (clip.size, clip.seconds, numbers(clip)) == (SMALL, 0.2, [0, 1, 2, 3])
    with pytest.raises(ClipError, match="has a single picture"):
        read(tmp_path / "still.avif")


def test_what_a_system_hides_among_pictures_is_no_frame(tmp_path):
    for name, picture in zip(("a1.png", "a2²3.png"), frames(2), strict=True):
        picture.save(tmp_path / name)
        (tmp_path / f"._{name}").write_bytes(b"Mac OS X")
    clip = read(tmp_path)

    assert (clip.frames, numbers(clip)) == (2, [0, 1])


def test_an_animation_of_too_many_pixels_is_told_before_any_is_decoded(tmp_path):
    path = tmp_path / "a.webp"
    Image.new("RGB", (32, 32)).save(path, save_all=True, append_images=[Image.new("RGB", (32, 32), "red")])
    content, large = path.read_bytes(), struct.pack("<I", 9999)[:3]
    assert content[12:16] == b"VP8X"
    path.write_bytes(content[:24] + large + large + content[30:])

    with pytest.raises(ClipError, match="has frames of more than 67 million pixels: scale it down"):
        read(path)
