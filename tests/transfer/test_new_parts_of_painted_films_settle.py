"""What comes into view in a painted film is free to change for some frames, and held to after them."""

import pytest
import torch

from tests.transfer.conftest import scenery, strokes
from transfer.film import brush
from transfer.film.brush import SETTLING, Brush, Left
from transfer.film.recipe import FilmRecipe
from transfer.images import to_tensor
from transfer.instant import decoders
from transfer.instant.goal import ready


@pytest.fixture
def still(network, monkeypatch):
    """Paints a frame that stands still after one of which the right half has just come into view; says what settled."""
    monkeypatch.setattr(brush, "trust", lambda last, now, along, back: torch.ones(1, 1, *now.shape[2:]))
    frame = to_tensor(scenery(64, 64))
    shot = Brush([strokes(64, 64)], FilmRecipe(image_size=64), network, ready(decoders.load(), network), None)

    def after(last, instant=frame):
        found = shot.after(last, frame, instant)
        while True:
            try:
                next(found)
            except StopIteration as end:
                return end.value

    settled = torch.ones(1, 1, 64, 64)
    settled[..., 32:] = 0
    return after, Left(frame, frame, settled)


def test_new_parts_are_held_to_a_little_more_with_each_frame(still):
    after, left = still
    once = after(left)
    twice = after(once)

    assert once.settled[..., :28].mean() == pytest.approx(1)
    assert once.settled[..., 36:].mean() == pytest.approx(1 / SETTLING, abs=0.02)
    assert twice.settled[..., 36:].mean() == pytest.approx(2 / SETTLING, abs=0.02)


def test_what_has_settled_changes_less_than_what_is_new(still):
    after, left = still
    painted = after(after(left)).picture
    changes = []
    for share in (0, 1):
        begun = Left(left.frame, painted, torch.full((1, 1, 64, 64), float(share)))
        changes.append((after(begun, instant=painted).picture - painted).abs().mean())

    new, settled = changes
    assert settled < 0.8 * new
