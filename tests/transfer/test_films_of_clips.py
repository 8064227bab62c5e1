"""A film shows a clip in the manner of a style: the same frames at the same times, calmer than one by one."""

from itertools import pairwise

import numpy
import pytest
import torch
from PIL import Image

from benchmarks.films import moved_over
from tests.transfer.films import flicker, frames, shown, write
from tests.transfer.instant import CPU, inputs_of
from transfer.errors import PictureError
from transfer.film.joining import joined
from transfer.film.reading import read
from transfer.film.recipe import FilmRecipe
from transfer.film.segment_painter import SegmentPainter
from transfer.film.segments import Segment
from transfer.film.shots import Shot
from transfer.instant.warm import Warm

RECIPE = FilmRecipe(image_size=64)


def segment(first, last, shot=None):
    return Segment(0, first, last, shot or Shot(first, last))


def filmed(clip, style, path, *parts, **fields):
    """The frames of these segments, as they are painted; the film is at `path`."""
    painter, found, files = SegmentPainter([style], RECIPE.with_changes(**fields), CPU), [], []
    for number, part in enumerate(parts or [segment(0, clip.frames - 1)]):
        files.append((part, path.with_name(f"{number}.mp4")))
        found += [Image.fromarray(each.pixels) for each in painter.segment(clip, *files[-1]) if each]
    joined(clip, files, path)
    return found


def clip_of(pictures, folder):
    """The clip of these pictures, as they are, in a folder."""
    folder.mkdir()
    for number, picture in enumerate(pictures):
        picture.save(folder / f"{number}.png")
    return read(folder)


def test_a_film_has_the_frames_and_the_times_of_its_clip(tmp_path, style):
    times = [0, 40, 80, 240, 300, 700]
    clip = read(write(tmp_path / "clip.mp4", frames(6), times=times))
    painted = filmed(clip, style, tmp_path / "film.mp4", segment(0, 3), segment(4, 5))
    when, pictures = shown(tmp_path / "film.mp4")

    assert [round(1000 * time) for time in when] == times
    assert read(tmp_path / "film.mp4").seconds == pytest.approx(clip.seconds, abs=0.01)
    for ours, decoded in zip(painted, pictures, strict=True):
        assert abs(numpy.asarray(ours) / 255 - decoded).mean() < 0.05


def test_a_film_flickers_less_than_pictures_one_by_one(tmp_path, draw_content, style):
    before, warm = moved_over(draw_content(160, 120), 96, 1, 1)[:6], Warm(CPU)
    recipe = RECIPE.with_changes(image_size=96)
    alone = [warm.picture(inputs_of(each, style), recipe.instant) for each in before]
    made = filmed(clip_of(before, tmp_path / "clip"), style, tmp_path / "film.mp4", image_size=96)
    assert flicker(made, before) < 0.8 * flicker(alone, before)


def test_each_frame_is_in_the_style_and_shows_its_frame_of_the_clip(tmp_path, style):
    before = frames(6)
    clip = read(write(tmp_path / "clip.mp4", before))
    for given, made in zip(before, filmed(clip, style, tmp_path / "film.mp4"), strict=True):
        colours = [numpy.asarray(each, float).mean((0, 1)) for each in (given, made, style)]
        assert numpy.abs(colours[1] - colours[2]).sum() < 0.5 * numpy.abs(colours[0] - colours[2]).sum()
        corner = numpy.asarray(made.convert("L"), float)[:5, :7].mean()
        assert corner > numpy.asarray(made.convert("L"), float)[20:].mean()


def test_segments_go_on_from_each_other(tmp_path, style):
    clip = read(write(tmp_path / "clip.mp4", frames(16)))
    shot = Shot(0, 15)
    whole = filmed(clip, style, tmp_path / "whole.mp4")
    parts = filmed(clip, style, tmp_path / "parts.mp4", segment(0, 8, shot), segment(9, 15, shot))
    steps = [flicker([last, now], frames(2)) for last, now in pairwise(parts)]

    assert steps[8] < 1.5 * numpy.median(steps)
    for one, other in zip(whole, parts, strict=True):
        assert abs(numpy.asarray(one, float) - numpy.asarray(other)).mean() < 1


def test_a_segment_is_the_same_wherever_it_is_painted(tmp_path, style):
    clip = read(write(tmp_path / "clip.mp4", frames(10)))
    part = segment(5, 9, Shot(0, 9))
    first, second = (filmed(clip, style, tmp_path / "film.mp4", part) for _ in range(2))
    assert first == second


def test_a_segment_that_is_given_up_leaves_no_file(tmp_path, style):
    clip = read(write(tmp_path / "clip.mp4", frames(4)))
    painted = SegmentPainter([style], RECIPE, CPU).segment(clip, segment(0, 3), tmp_path / "film.mp4")
    while next(painted) is None:
        pass
    painted.close()
    assert {path.name for path in tmp_path.iterdir()} == {"clip.mp4"}


def test_frames_that_are_broken_show_the_one_before(tmp_path, style):
    clip = clip_of(frames(5), tmp_path / "clip")
    (clip.path / "2.png").write_bytes(b"nothing")
    made = filmed(clip, style, tmp_path / "film.mp4")
    when, _ = shown(tmp_path / "film.mp4")

    assert len(made) == 4
    assert [round(24 * time) for time in when] == [0, 1, 3, 4]


def test_odd_sizes_become_even(tmp_path, style):
    clip = clip_of(frames(3, (65, 47)), tmp_path / "clip")
    for made in filmed(clip, style, tmp_path / "film.mp4", image_size=65):
        assert made.size == (64, 46)


def test_grey_stays_grey(tmp_path, style):
    clip = read(write(tmp_path / "clip.mp4", [each.convert("L").convert("RGB") for each in frames(3)]))
    for made in filmed(clip, style.convert("L").convert("RGB"), tmp_path / "film.mp4"):
        assert numpy.ptp(numpy.asarray(made), axis=2).max() <= 1


def test_the_clips_colours_can_be_kept(tmp_path, style):
    clip = read(write(tmp_path / "clip.mp4", frames(3)))
    for number, made in enumerate(filmed(clip, style, tmp_path / "film.mp4", original_colors=True)):
        pixel = numpy.asarray(made.resize((1, 1), box=(40, 16, 64, 48)), int)[0, 0]
        assert pixel[2] > pixel[1] > pixel[0], number  # blue, as there


@pytest.mark.parametrize(
    ("styles", "fields", "complaint"),
    [(0, {}, "at least one style"), (1, {"style_blend_weights": (1, 2)}, "2 style_blend_weights for 1 styles")],
)
def test_styles_that_are_missing_are_told_of(style, styles, fields, complaint):
    with pytest.raises(PictureError, match=complaint):
        SegmentPainter([style] * styles, FilmRecipe(**fields), CPU)


def test_what_decides_on_pixels_decides_on_the_key(style, draw_style):
    def key(*styles, **fields):
        return SegmentPainter(styles, FilmRecipe(**fields), torch.device("cpu")).key("a clip")

    keys = [key(style), key(draw_style(70, 60)), key(style, style), key(style, strength=0.7)]
    assert len({*keys, key(style)}) == len(keys)
