"""A rung that is begun on another device than the one below takes along all that it holds on to.

No GPU is needed: "meta" is a device without memory of its own, so a tensor that stayed behind is told from the others.
"""

import pytest
import torch

from transfer.engine.canvas import Below
from transfer.engine.checkpoint import State
from transfer.engine.optimisers import Momentum

META = torch.device("meta")


def image():
    return torch.rand(1, 3, 8, 8)


@pytest.mark.parametrize("has_preview", [False, True])
def test_a_finished_rung_moves_with_its_momentum_and_preview(has_preview):
    below = Below(image(), Momentum(image(), image(), 3), image() if has_preview else None)
    below.move_to(META)
    tensors, values = below.state()
    assert {tensor.device for tensor in tensors.values()} == {META}
    assert len(tensors) == 3 + has_preview
    assert values == {"steps": 3}


def test_a_preview_that_is_the_picture_stays_it():
    picture = image()
    below = Below(picture, None, picture)
    below.move_to(META)
    assert below.preview is below.picture


def test_nothing_is_copied_where_it_is_there_already():
    picture, preview = image(), image()
    below = Below(picture, None, preview)
    below.move_to(torch.device("cpu"))
    assert below.picture is picture
    assert below.preview is preview


def test_a_state_moves_with_all_its_tensors():
    state = State(128, 1, 1, False, {"image": image(), "anchor0": image()}, {})
    assert {tensor.device for tensor in state.on(META).tensors.values()} == {META}
    assert state.on(torch.device("cpu")).tensors["image"] is state.tensors["image"]
