"""Frames that are painted on from each other: closer to the style, with strokes that move as the clip does."""

from itertools import pairwise

import numpy
import pytest
import torch
from PIL import Image

from benchmarks.films import moved_over
from tests.transfer.conftest import scenery, strokes
from tests.transfer.films import flicker
from transfer.features.moments import moments
from transfer.film.flow import carried, flow, trust
from transfer.film.reading import read
from transfer.film.recipe import FilmRecipe
from transfer.film.segment_painter import SegmentPainter
from transfer.film.segments import Segment
from transfer.film.shots import Shot
from transfer.images import to_tensor
from transfer.losses.wasserstein import WassersteinTarget

CPU = torch.device("cpu")
SHOT = Shot(0, 5)
WHOLE = Segment(0, 0, 5, SHOT)


@pytest.fixture(scope="module")
def before():
    """A pan over a scene."""
    return moved_over(scenery(160, 120), 96, 0, 1)[:6]


@pytest.fixture(scope="module")
def clip(before, tmp_path_factory):
    folder = tmp_path_factory.mktemp("clip")
    for number, frame in enumerate(before):
        frame.save(folder / f"{number}.png")
    return read(folder)


def filmed(clip, folder, *parts, **fields):
    """The frames of these segments, each of which knows the one before it."""
    painter = SegmentPainter([strokes(80, 80)], FilmRecipe(image_size=96, **fields), CPU)
    found, last = [], None
    for number, part in enumerate(parts):
        path = folder / f"{number}.mp4"
        found += [Image.fromarray(each.pixels) for each in painter.segment(clip, part, path, last) if each]
        last = path
    return found


@pytest.fixture(scope="module")
def films(clip, tmp_path_factory):
    """The same clip, its frames instant and painted."""
    return {each: filmed(clip, tmp_path_factory.mktemp(each), WHOLE, each=each) for each in ("instant", "painted")}


def test_they_are_closer_to_the_style_than_instant_ones(films, network):
    def distance(frames, layer):
        target = WassersteinTarget(moments(network(to_tensor(strokes(80, 80)))[layer]))
        return numpy.mean([float(target.distance(moments(network(to_tensor(each))[layer]))) for each in frames])

    for layer in ("relu1_1", "relu2_1", "relu3_1"):
        assert distance(films["painted"], layer) < 0.8 * distance(films["instant"], layer), layer


def test_strokes_move_along(films, before):
    def left_behind(frames):
        found = []
        for (last, now), (old, new) in zip(pairwise(frames), pairwise(before), strict=True):
            clips = to_tensor(old), to_tensor(new)
            along, back = flow(*clips), flow(*reversed(clips))
            sure = trust(*clips, along, back) > 0.8
            found.append(float(((carried(to_tensor(last), along) - to_tensor(now)).abs() * sure).mean()))
        return numpy.mean(found)

    still = left_behind([films["painted"][0]] * 6)
    assert left_behind(films["painted"]) < 0.6 * still


def test_segments_go_on_from_each_other(clip, films, before, tmp_path):
    parts = filmed(clip, tmp_path, Segment(0, 0, 2, SHOT), Segment(1, 3, 5, SHOT), each="painted")
    steps = [flicker(each, seen) for each, seen in zip(pairwise(parts), pairwise(before), strict=True)]

    assert len(parts) == 6
    assert steps[2] < 1.5 * numpy.median(steps)
    assert parts[:3] == films["painted"][:3]


def test_a_segment_whose_last_one_is_gone_is_painted_all_the_same(clip, tmp_path):
    assert len(filmed(clip, tmp_path, Segment(1, 4, 5, SHOT), each="painted")) == 2


def test_the_clips_colours_can_be_kept(clip, before, tmp_path):
    part = Segment(0, 0, 1, SHOT)
    made = filmed(clip, tmp_path, part, each="painted", original_colors=True)
    for given, shown in zip(before[:2], made, strict=True):
        apart = [numpy.asarray(each.convert("YCbCr"), float)[..., 1:].mean((0, 1)) for each in (given, shown)]
        assert numpy.abs(apart[0] - apart[1]).max() < 8
