"""A clip is known before anything is made of it: its frames, their times, its size. What is none gets a sentence."""

from fractions import Fraction

import numpy
import pytest
from PIL import Image

from tests.transfer.films import LEFT, RATE, RIGHT, SIZE, frame, frames, write
from transfer.errors import ClipError
from transfer.film.clip import Limits
from transfer.film.footage import Footage
from transfer.film.frames import frames as decoded
from transfer.film.reading import read, taken
from transfer.film.recipe import FilmRecipe


def pixels(clip, size=None):
    return [each for _, each in decoded(clip, range(clip.frames), size or clip.size)]


def webp(path):
    first, *others = frames(10)
    first.save(path, save_all=True, append_images=others, duration=[100] * 5 + [40] * 5, lossless=True)
    return path


def folder(path):
    path.mkdir()
    for number, picture in enumerate(frames(10)):
        picture.save(path / f"frame{number}.png")  # frame10 comes after frame9
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda path: write(path / "a.mp4", frames(10)),
        lambda path: write(path / "a.webm", frames(10), "libvpx-vp9"),
        lambda path: write(path / "a.mov", frames(10), "mpeg4"),
        lambda path: write(path / "a.avi", frames(10), "mpeg4"),
        lambda path: write(path / "a.gif", frames(10), "gif"),
        lambda path: webp(path / "a.webp"),
        lambda path: folder(path / "frames"),
    ],
    ids=["mp4", "webm", "mov", "avi", "gif", "webp", "folder"],
)
def test_every_frame_of_a_clip_is_read_in_order(tmp_path, make):
    clip = read(make(tmp_path))
    assert (clip.frames, clip.size) == (10, SIZE)

    for number, found in enumerate(pixels(clip)):
        wanted = numpy.asarray(frame(number), int)
        assert abs(found[30, 40:] - wanted[30, 40:]).mean() < 30, number
        assert abs(found[30] - wanted[30]).mean() < 25, number


def test_times_are_those_of_the_clip_when_they_vary(tmp_path):
    times = [0, 40, 80, 240, 300, 900]
    clip = read(write(tmp_path / "a.mp4", frames(6), times=times))
    assert [round(1000 * clip.time(number)) for number in range(6)] == times


def test_a_part_is_taken_with_fewer_frames_a_second(tmp_path):
    whole = read(write(tmp_path / "a.mp4", frames(36)))
    clip = whole.part(start=1, length=1.5, rate=4)

    assert (whole.frames, whole.seconds) == (36, 3)
    assert (clip.frames, clip.seconds) == (6, 1.5)
    assert abs(pixels(clip)[0].astype(int) - pixels(whole)[RATE]).mean() < 1


@pytest.mark.parametrize(("start", "length", "first"), [(0.3, 0.1, 4), (0.5, 0, 5), (0.95, 0, 5)])
def test_a_part_between_two_frames_that_last_long_has_one_and_so_has_its_plan(tmp_path, start, length, first):
    clip = read(write(tmp_path / "a.mp4", frames(6), times=[0, 40, 80, 120, 350, 900]))
    assert clip.seconds > 0.95
    found = clip.part(start, length, 0)

    assert (found.frames, found.offset) == (1, clip.offset + clip.ticks[first])
    assert Footage(clip.size, clip.frames, clip.seconds).taken(start, length, 0).frames >= 1


def test_a_frame_can_be_asked_for_alone_and_is_the_same(tmp_path):
    clip = read(write(tmp_path / "a.mp4", frames(150)))
    every = pixels(clip)
    found = dict(decoded(clip, (0, 3, 70, 149), SIZE))

    assert list(found) == [0, 3, 70, 149]
    for number, one in found.items():
        assert (one == every[number]).all()


@pytest.mark.parametrize(("turned", "corner"), [(90, (-1, 0)), (-90, (0, -1)), (180, (-1, -1))])
def test_a_clip_that_was_held_otherwise_is_upright(tmp_path, turned, corner):
    clip = read(write(tmp_path / "a.mp4", frames(4), turned=turned))
    found = pixels(clip)[0]

    assert clip.size == (SIZE[::-1] if turned != 180 else SIZE)
    assert found.shape[:2] == clip.size[::-1]
    assert found[corner].min() > 180  # the white square, which is in the upper left corner as it is stored


def test_what_is_transparent_is_white(tmp_path):
    pictures = [each.convert("RGBA") for each in frames(3)]
    for picture in pictures:
        picture.paste((0, 0, 0, 0), (32, 24, 64, 48))
    found = pixels(read(write(tmp_path / "a.apng", pictures, "apng")))[0]

    assert found[40, 60].min() > 250
    assert abs(found[30, 4].astype(int) - LEFT).max() < 10


def test_odd_sizes_are_read(tmp_path):
    pictures = [each.resize((65, 47)) for each in frames(3)]
    clip = read(write(tmp_path / "a.mkv", pictures, "ffv1"))
    assert (clip.size, len(pixels(clip))) == ((65, 47), 3)


@pytest.mark.parametrize(
    ("ending", "codec", "options"), [("mp4", "libx264", {"movflags": "faststart"}), ("webm", "libvpx-vp9", {})]
)
def test_a_clip_that_is_cut_short_keeps_the_frames_it_has_and_says_so(tmp_path, ending, codec, options):
    noise = numpy.random.default_rng(0)
    pictures = [Image.fromarray(noise.integers(0, 255, (48, 64, 3), "uint8")) for _ in range(24)]
    whole = write(tmp_path / f"whole.{ending}", pictures, codec, **options).read_bytes()
    broken = tmp_path / f"broken.{ending}"
    broken.write_bytes(whole[: len(whole) * 7 // 10])
    clip = read(broken)

    assert 10 <= clip.frames <= 20
    assert 10 <= len(pixels(clip)) <= clip.frames
    assert "broken" in clip.notes[0]
    assert "ends early" in clip.notes[0]


def test_a_list_of_other_files_is_no_clip(tmp_path):
    write(tmp_path / "a.ts", frames(4))
    (tmp_path / "a.m3u8").write_text("#EXTM3U\n#EXTINF:1,\na.ts\n")
    (tmp_path / "concat.mp4").write_text("ffconcat version 1.0\nfile a.ts\n")
    for name in ("a.m3u8", "concat.mp4"):
        with pytest.raises(ClipError, match="is no film that can be read"):
            read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "make", "complaint"),
    [
        ("a.mp4", lambda path: path.write_bytes(b"hello" * 99), "is no film that can be read, or is cut short"),
        ("a.mp4", lambda path: path.touch(), "is no film that can be read, or is cut short"),
        ("a.mp4", lambda path: None, "There is no file my clip."),
        ("a.webp", lambda path: frame(0).save(path), "has a single picture: choose a film"),
        ("a.gif", lambda path: frame(0).save(path), "has a single picture: choose a film"),
        ("a.jpg", lambda path: frame(0).save(path), "is no film that can be read"),
        ("frames", lambda path: path.mkdir(), "has no two pictures"),
    ],
)
def test_what_is_no_film_is_told_in_one_sentence(tmp_path, name, make, complaint):
    make(tmp_path / name)
    with pytest.raises(ClipError, match=complaint) as told:
        read(tmp_path / name, "my clip")
    assert "my clip" in str(told.value)
    assert str(told.value).count(". ") == 0


@pytest.mark.parametrize(
    ("limits", "fields", "complaint"),
    [
        (Limits(seconds=2), {}, "my clip lasts 3 s, and 2 s are the most"),
        (Limits(frames=30), {}, "my clip has 36 frames, and 30 are the most"),
        (Limits(side=60), {}, "my clip is 64 px long, and 60 are the most"),
        (Limits(), {"start": 5}, "The clip lasts 3.0 s, and it should start at 5 s"),
        (Limits(seconds=2), {"length": 2}, None),
        (Limits(frames=30), {"rate": 6}, None),
    ],
)
def test_limits_hold_for_what_is_taken(tmp_path, limits, fields, complaint):
    path, recipe = write(tmp_path / "a.mp4", frames(36)), FilmRecipe(**fields)
    if complaint is None:
        assert taken(path, recipe, limits).frames < 36
        return
    with pytest.raises(ClipError, match=complaint):
        taken(path, recipe, limits, "my clip")


def test_a_folder_is_shown_at_the_rate_of_the_recipe(tmp_path):
    path = folder(tmp_path / "frames")
    assert taken(path, FilmRecipe()).rate == 24
    assert taken(path, FilmRecipe(rate=8)).rate == Fraction(8)
    assert abs(pixels(read(path))[0][20, 50].astype(int) - RIGHT).max() < 3
