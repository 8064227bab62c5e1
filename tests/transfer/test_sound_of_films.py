"""A film has the sound of its clip: copied where its container takes it, from where the film begins to its end."""

import av
import numpy
import pytest

from tests.transfer.films import frames, write
from transfer.errors import ClipError
from transfer.film.joining import JOINED, joined
from transfer.film.reading import read
from transfer.film.segments import Segment
from transfer.film.shots import Shot
from transfer.film.writer import FilmWriter


def film(tmp_path, clip, ending=".mp4"):
    """The clip's own frames, as the film of a clip."""
    part, last = tmp_path / f"part{JOINED[ending]}", clip.frames - 1
    with FilmWriter(part, clip.size, clip.rate, base=clip.base) as writer:
        for tick, until, picture in zip(clip.ticks, [*clip.ticks[1:], clip.end], frames(clip.frames), strict=True):
            writer.add_at(numpy.asarray(picture), tick, until - tick)
    notes = joined(clip, [(Segment(0, 0, last, Shot(0, last)), part)], tmp_path / f"film{ending}")
    return tmp_path / f"film{ending}", notes


def sound(path):
    """The codec, the packets, and when they begin and end in seconds."""
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return "", [], 0.0, 0.0
        stream = container.streams.audio[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        times = [float(packet.pts * packet.time_base) for packet in packets]
        return stream.codec_context.name, [bytes(packet) for packet in packets], min(times), max(times)


def test_sound_is_copied_where_the_container_takes_it(tmp_path):
    path = write(tmp_path / "clip.mp4", frames(24), sound="aac")
    codec, packets, begins, ends = sound(film(tmp_path, read(path))[0])
    _, whole, _, _ = sound(path)

    assert codec == "aac"
    assert packets == whole[-len(packets) :]
    assert len(whole) - len(packets) <= 1  # what a decoder needs before the first sound
    assert begins < 0.05
    assert ends == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(("ending", "codec"), [(".webm", "opus"), (".mp4", "aac")])
def test_sound_is_encoded_anew_where_it_does_not(tmp_path, ending, codec):
    clip = read(write(tmp_path / "clip.mkv", frames(24), sound="pcm_s16le" if ending == ".mp4" else "aac"))
    found, packets, begins, ends = sound(film(tmp_path, clip, ending)[0])

    assert found.endswith(codec)
    assert len(packets) > 40
    assert begins < 0.05
    assert ends == pytest.approx(2, abs=0.1)


def test_a_part_of_a_clip_has_that_part_of_its_sound(tmp_path):
    path = write(tmp_path / "clip.mp4", frames(36), sound="aac")
    clip = read(path).part(start=1, length=1, rate=0)
    _, packets, begins, ends = sound(film(tmp_path, clip)[0])
    _, whole, _, _ = sound(path)

    assert begins < 0.05
    assert ends == pytest.approx(1, abs=0.1)
    assert whole[20] not in packets
    assert packets[0] in whole[40:]


def test_a_clip_without_sound_has_none(tmp_path):
    path, notes = film(tmp_path, read(write(tmp_path / "clip.mp4", frames(6))))
    assert sound(path)[0] == ""
    assert notes == ()


def test_an_animated_webp_says_that_it_has_no_sound(tmp_path):
    _, notes = film(tmp_path, read(write(tmp_path / "clip.mp4", frames(6), sound="aac")), ".webp")
    assert "has no sound" in notes[0]


def test_a_film_that_cannot_be_joined_leaves_no_file(tmp_path):
    clip = read(write(tmp_path / "clip.mp4", frames(6)))
    (tmp_path / "part.mp4").write_bytes(b"nothing")
    with pytest.raises(ClipError, match=r"part.mp4 is damaged: delete it"):
        joined(clip, [(Segment(0, 0, 5, Shot(0, 5)), tmp_path / "part.mp4")], tmp_path / "film.mp4")
    assert not list(tmp_path.glob("*film*"))
