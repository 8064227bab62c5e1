"""What is painted changes less from frame to frame than it would, and the clip's own movement stays what it is."""

import torch

from transfer.film.steadying import Steadying

SHAPE = (1, 3, 24, 32)


def test_paint_that_flickers_is_calmed():
    generator, steadying = torch.Generator().manual_seed(0), Steadying()
    frame = torch.full(SHAPE, 0.5)
    painted = [frame + 0.2 * (torch.rand(SHAPE, generator=generator) - 0.5) for _ in range(12)]
    shown = [steadying.calmed(frame, each) for each in painted]

    before, after = ((pictures[-1] - pictures[-2]).abs().mean() for pictures in (painted, shown))
    assert after < 0.7 * before


def test_a_picture_that_is_painted_as_it_is_stays_as_sharp_as_it_is():
    steadying = Steadying()
    for step in range(4):
        frame = torch.zeros(SHAPE)
        frame[..., 4 * step : 4 * step + 8] = 1
        assert torch.allclose(steadying.calmed(frame, frame), frame)


def test_what_is_painted_the_same_is_shown_as_it_was_painted():
    steadying = Steadying()
    frame, painted = torch.full(SHAPE, 0.2), torch.full(SHAPE, 0.7)
    for _ in range(3):
        assert torch.allclose(steadying.calmed(frame, painted), painted)
