"""A walk comes past variations, and what is between them has the picture's patches too, and moves calmly."""

import itertools

import numpy
import pytest
from PIL import Image, ImageDraw

from tests.transfer.test_variation_likeness import to_nearest_patch
from tests.transfer.variations import islands, varied
from tests.transfer.walks import WALK, walked


def apart(one: numpy.ndarray, other: numpy.ndarray) -> float:
    return float(numpy.abs(one - other).mean())


@pytest.fixture(scope="module")
def frames() -> list[numpy.ndarray]:
    return walked(WALK.with_changes(rate=6))


@pytest.fixture(scope="module")
def stations() -> list[numpy.ndarray]:
    return [varied(WALK.station(number), islands()).astype(float) for number in (0, 1)]


def test_it_comes_past_the_variations_of_its_seeds(frames: list, stations: list) -> None:
    between = apart(*stations)
    for frame, station, other in ((frames[0], *stations), (frames[6], *stations[::-1])):
        assert apart(frame, station) < 0.35 * between
        assert apart(frame, other) > 0.7 * between


def test_what_is_between_two_stations_is_no_cross_fade_and_has_the_patches_of_the_picture(frames: list) -> None:
    picture = numpy.asarray(islands((64, 48)))
    faded = (frames[0] + frames[6]) / 2
    station, between, fade = (to_nearest_patch(each, picture) for each in (frames[0], frames[3], faded))

    assert between < (station + fade) / 2
    assert frames[3].std() > 1.15 * faded.std()


def test_each_frame_is_near_to_the_one_before_and_the_last_to_the_first(frames: list) -> None:
    jumps = [apart(last, now) for last, now in itertools.pairwise(frames)]

    assert len(frames) == 12
    assert max(jumps) < 0.5 * apart(frames[0], frames[6])
    assert apart(frames[-1], frames[0]) <= max(jumps)


def test_one_that_does_not_close_ends_at_its_last_station(stations: list) -> None:
    found = walked(WALK.with_changes(closes=False, seconds=0.5))

    assert len(found) == 3
    assert apart(found[-1], stations[1]) < 0.35 * apart(*stations)


def test_what_must_stay_stays_in_each_frame() -> None:
    stays = Image.new("RGB", (64, 48))
    ImageDraw.Draw(stays).rectangle((16, 12, 39, 35), fill="white")
    picture = numpy.asarray(islands().resize((64, 48), Image.Resampling.LANCZOS), float)

    for frame in walked(WALK.with_changes(seconds=0.5), stays):
        assert numpy.abs(frame - picture)[14:34, 18:38].max() <= 1


@pytest.mark.parametrize("method", ["distribution", "nearest"])
def test_any_method_makes_a_film(method: str) -> None:
    found = walked(WALK.with_changes(method=method, seconds=0.25))

    assert len(found) == 2
    assert all(frame.std() > 20 for frame in found)


def test_seeds_follow_on_each_other_and_begin_again_after_the_largest() -> None:
    recipe = WALK.with_changes(seed=2**32 - 1, stations=3)

    assert [recipe.station(number).seed for number in range(4)] == [2**32 - 1, 0, 1, 2**32 - 1]


@pytest.mark.parametrize(("closes", "count", "last"), [(True, 18, (2, 5 / 6)), (False, 13, (1, 1.0))])
def test_frames_are_counted_by_stations_and_seconds(closes: bool, count: int, last: tuple) -> None:
    recipe = WALK.with_changes(stations=3, seconds=1.5, closes=closes)

    assert recipe.frames == count
    assert recipe.place(0) == (0, 0.0)
    assert recipe.place(6) == (1, 0.0)
    assert recipe.place(count - 1) == last
