"""Motion says where each place of a frame was before, and a film that is mixed along it is calmer, without ghosts."""

import pytest
import torch

from tests.transfer.conftest import scenery
from transfer.film.motion import motion, moved
from transfer.film.steadying import Steadying
from transfer.images import to_tensor

WIDTH, HEIGHT, BORDER = 96, 64, 8
INSIDE = (..., slice(BORDER, -BORDER), slice(BORDER, -BORDER))


def window(across, down):
    """A window over a scene, so many pixels from its corner."""
    whole = to_tensor(scenery(WIDTH + 16, HEIGHT + 16))
    offsets = torch.tensor([float(across), float(down)]).view(1, 2, 1, 1).expand(1, 2, *whole.shape[2:])
    return moved(whole, offsets, "bicubic")[..., :HEIGHT, :WIDTH]


@pytest.mark.parametrize(("across", "down"), [(0, 0), (3, 0), (0, -2), (-2.5, 4.25)])
def test_where_things_have_edges_motion_explains_what_is_seen(across, down):
    before, now = window(8, 8), window(8 + across, 8 + down)
    found = moved(before, motion(before, now))

    unexplained = (found - now)[INSIDE].abs().mean()
    assert unexplained < 0.25 * (before - now)[INSIDE].abs().mean() + 1e-4


def test_motion_points_to_where_a_place_was():
    offsets = motion(window(8, 8), window(11, 6))
    edges = offsets[..., 28:44, 16:40]  # around the house
    assert float(edges[0, 0].median()) == pytest.approx(3, abs=0.4)
    assert float(edges[0, 1].median()) == pytest.approx(-2, abs=0.4)


def test_a_picture_that_flickers_is_calmed_and_follows_the_motion():
    generator, steadying = torch.Generator().manual_seed(0), Steadying()
    before, after = list[torch.Tensor](), list[torch.Tensor]()
    for step in range(8):
        frame = window(4 + step, 8)
        shimmer = 0.2 * (torch.rand(frame.shape, generator=generator) - 0.5)
        after.append(steadying.calmed(frame, (frame + shimmer).clamp(0, 1)))
        before.append((frame + shimmer).clamp(0, 1))

    last = window(4 + 7, 8)
    assert (after[-1] - last)[INSIDE].abs().mean() < 0.7 * (before[-1] - last)[INSIDE].abs().mean()


def test_nothing_is_kept_of_a_frame_that_the_motion_does_not_explain():
    steadying = Steadying()
    black, white = torch.zeros(1, 3, HEIGHT, WIDTH), torch.ones(1, 3, HEIGHT, WIDTH)
    steadying.calmed(black, black)
    assert (steadying.calmed(white, white) == white).all()
