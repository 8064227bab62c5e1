"""Shots are found where the picture becomes another one, and nowhere else; segments never go across a cut."""

import pytest

from tests.transfer.films import frames, write
from transfer.errors import ClipError
from transfer.film.reading import read
from transfer.film.segments import segments
from transfer.film.shots import Shot, cuts, shots
from transfer.pausing import finish


def test_a_cut_is_found_where_it_is(tmp_path):
    clip = read(write(tmp_path / "a.mp4", frames(30, cut=13)))
    assert finish(shots(clip)) == (Shot(0, 12), Shot(13, 29))


def test_movement_is_no_cut(tmp_path):
    clip = read(write(tmp_path / "a.mp4", frames(30)))
    assert finish(shots(clip)) == (Shot(0, 29),)


def test_looking_for_shots_tells_how_far_it_is(tmp_path):
    clip = read(write(tmp_path / "a.mp4", frames(12)))
    assert list(shots(clip)) == list(range(12))


@pytest.mark.parametrize(
    ("colours", "places", "found"),
    [
        ([0] * 8 + [0.9] + [0] * 8, [0.01] * 8 + [0.3] + [0.01] * 8, [8]),
        ([0] * 8 + [0.1] + [0] * 8, [0.01] * 8 + [0.3] + [0.01] * 8, []),  # something passes by
        ([0.5] * 17, [0.2] * 17, []),  # everything flickers
        ([0] * 2 + [0.9] + [0] * 14, [0.01] * 2 + [0.3] + [0.01] * 14, []),  # too short to be a shot
        ([0] * 8 + [0.9, 0.9] + [0] * 8, [0.01] * 8 + [0.3, 0.3] + [0.01] * 8, [8]),  # a flash
    ],
)
def test_a_cut_changes_the_colours_and_every_place_more_than_its_neighbours(colours, places, found):
    assert cuts([0, *colours[1:]], [0, *places[1:]]) == found


def test_the_last_shot_ends_with_the_last_frame_that_can_be_decoded(tmp_path):
    whole = write(tmp_path / "a.mp4", frames(30), movflags="faststart").read_bytes()
    (tmp_path / "b.mp4").write_bytes(whole[:-60])
    clip = read(tmp_path / "b.mp4")
    (shot,) = finish(shots(clip))
    assert 15 < shot.last + 1 < 30


def test_a_clip_of_which_nothing_can_be_decoded_is_told_of(tmp_path):
    clip = read(write(tmp_path / "a.mp4", frames(5)))
    data = bytearray((tmp_path / "a.mp4").read_bytes())
    begin = data.find(b"mdat") + 4
    data[begin : data.find(b"moov") - 4] = bytes(data.find(b"moov") - 4 - begin)
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(ClipError, match="no frames that can be decoded"):
        finish(shots(clip))


def test_segments_have_every_frame_once_and_end_at_cuts(tmp_path):
    clip = read(write(tmp_path / "a.mp4", frames(48, cut=20)))
    found = segments(clip, (Shot(0, 19), Shot(20, 47)), longest=1)

    assert [number for each in found for number in range(each.first, each.last + 1)] == list(range(48))
    assert [each.number for each in found] == list(range(len(found)))
    assert all(each.shot.first <= each.first <= each.last <= each.shot.last for each in found)
    assert max(each.frames for each in found) <= 12
    assert len(found) == 5
