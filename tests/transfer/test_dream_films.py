"""A film goes into a dream: each frame shows the last one after a move, dreamt again; it closes if that is asked."""

import itertools

import av
import pytest
import torch

from tests.transfer.dreams import QUICK
from transfer.images import to_picture, to_tensor
from transfer.zoom.frames import Zoom, frames, moved
from transfer.zoom.recipe import ZoomRecipe

QUICK_ZOOM = {**dict(QUICK), "image_size": 64, "octave_iter": 2}


def zoomed(**fields):
    return ZoomRecipe(**{**QUICK_ZOOM, **fields})


def filmed(content, network, recipe):
    return list(frames(Zoom(content, None, recipe, network)))


def apart(one, other):
    """The mean difference of two pictures, in parts of 1."""
    return float((to_tensor(one) - to_tensor(other)).abs().mean())


def test_a_move_without_motion_changes_nothing(draw_content):
    image = to_tensor(draw_content(80, 60))
    torch.testing.assert_close(moved(image, zoomed(zoom=1)), image, atol=1e-4, rtol=0)


def test_zoom_turn_and_pan_move_what_is_seen():
    image = torch.zeros(1, 3, 60, 80)
    image[..., 30:34, 50:54] = 1  # right of the middle

    def place(**motion):
        found = moved(image, zoomed(**{"zoom": 1, **motion}))[0, 0]
        rows, columns = (found.sum(axis) for axis in (1, 0))
        middle = [float((each * torch.arange(len(each))).sum() / each.sum()) for each in (columns, rows)]
        return middle[0] - 39.5, middle[1] - 29.5

    across, down = place()
    assert place(zoom=1.5) == pytest.approx((1.5 * across, 1.5 * down), abs=0.6)
    assert place(pan_x=0.1)[0] == pytest.approx(across - 8, abs=0.3)
    assert place(pan_y=0.1)[1] == pytest.approx(down - 6, abs=0.3)
    turned = place(turn=30)
    assert turned[1] > down + 3  # clockwise: from the right downwards
    assert turned[0] ** 2 + turned[1] ** 2 == pytest.approx(across**2 + down**2, rel=0.05)


def test_each_frame_is_the_last_one_moved_and_dreamt_again(network, content):
    recipe = zoomed(frames=4, zoom=1.1)
    found = filmed(content, network, recipe)

    assert len(found) == 4
    for last, now in itertools.pairwise(found):
        assert apart(to_picture(moved(to_tensor(last), recipe)), now) < apart(last, now)


def test_a_film_does_not_burn_out(network, content):
    *_, last = filmed(content, network, zoomed(step_size=12, frames=5))
    began, ended = to_tensor(content), to_tensor(last)

    assert float(ended.std()) < 1.3 * float(began.std())
    assert float(ended.mean()) == pytest.approx(float(began.mean()), abs=0.06)


def test_a_film_that_closes_goes_on_where_it_began(network, content):
    found = filmed(content, network, zoomed(frames=8, zoom=1.05, closes=True))

    assert len(found) == 8
    jumps = [apart(last, now) for last, now in itertools.pairwise(found)]
    assert apart(found[-1], found[0]) < 1.3 * max(jumps)
    assert apart(found[-1], found[0]) < 0.7 * apart(found[3], found[0])


def test_the_command_writes_a_film_of_the_frames_that_it_is_asked_for(command, picture_files, tmp_path):
    output = tmp_path / "film.mp4"
    words = (
        "--frames",
        3,
        "--rate",
        10,
        "--image-size",
        65,
        "--octave-iter",
        1,
        "--turn",
        2,
        "--guide",
        picture_files[1],
    )
    status, _, said = command("dream-film", picture_files[0], "-o", output, *words)

    assert status == 0, said
    assert "3 frames of 64 x 48 px, 0.3 s" in said
    with av.open(str(output)) as container:
        assert len(list(container.decode(video=0))) == 3


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["-o", "film.gif"], "film.gif should end in .mp4, .webm, .webp."),
        (["-o", "film.mp4", "--frames", "1"], "--frames: 1 is too small: the least is 2"),
        (["-o", "film.mp4", "--zoom", "9"], "--zoom: 9 is too large: the most is 1.5"),
        (["-o", "film.mp4", "--dream-layers", "conv9"], "--dream-layers: vgg16-lite has no layer conv9"),
        (["-o", "film.mp4", "--image-size", "9000"], "A film in .mp4 can be 8,192 px long: choose a smaller size."),
        (["-o", "film.mp4", "--memory", "350MiB"], "512 px needs"),
        (["-o", "nowhere/film.mp4"], "There is no folder nowhere: make it first."),
    ],
)
def test_what_cannot_be_filmed_is_said_in_one_sentence_and_writes_nothing(
    command, picture_files, tmp_path, monkeypatch, words, complaint
):
    monkeypatch.chdir(tmp_path)
    status, _, said = command("dream-film", picture_files[0], *words)

    assert status == 1
    assert said.startswith(f"error: {complaint}")
    assert not list(tmp_path.glob("film.*"))
