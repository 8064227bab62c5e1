"""A dream climbs octaves: a small one predicts a large one, one that was stopped goes on, and tiles change nothing."""

import pytest
import torch

from tests.transfer.dreams import QUICK, dreaming, dreamt
from transfer.dream.goal import DreamGoal
from transfer.dream.octaves import octaves
from transfer.engine import checkpoint
from transfer.engine.layout import Layout
from transfer.images import to_tensor
from transfer.pausing import finish


@pytest.mark.parametrize(
    ("scale", "sides"),
    [
        ("2", [128, 256, 512, 600]),
        ("1.41", [128, 181, 256, 362, 512, 600]),
        ("1.26", [128, 161, 203, 256, 323, 406, 512, 600]),
    ],
)
def test_octaves_rise_by_their_scale_and_pass_through_doublings(scale, sides):
    recipe = QUICK.with_changes(image_size=600, first_octave="128", octave_scale=scale, step_size=2)
    found = octaves(recipe)

    assert [rung.long_side for rung in found] == sides
    assert {(rung.iterations, rung.learning_rate) for rung in found} == {(3, 2 / 255)}


def test_a_small_dream_is_bit_for_bit_an_early_stage_of_a_large_one(network, content):
    large = dreaming(network, content, QUICK.with_changes(image_size=128))
    passed = next(step.image for step in large if step.ends_rung and step.rung.long_side == 91)

    assert torch.equal(passed, dreamt(network, content))


def test_a_dream_that_was_stopped_ends_with_the_same_pixels(network, content, tmp_path):
    whole = dreamt(network, content)
    steps = dreaming(network, content)
    key = checkpoint.key(DreamGoal(content, None, QUICK, network).identity())
    for _ in range(5):  # in the middle of the second octave
        step = next(steps)
    checkpoint.save(step.state, tmp_path / "state", key)

    assert torch.equal(dreamt(network, content, resume=checkpoint.load(tmp_path / "state", key)), whole)


def test_checkpoints_serve_dreams_that_differ_in_size_alone(network, content, draw_style):
    def key(recipe=QUICK, guide=None):
        return checkpoint.key(DreamGoal(content, guide, recipe, network).identity())

    assert key() == key(QUICK.with_changes(image_size=512, print_iter=1))
    changes = {"seed": 1, "jitter": 3, "channels": (1,), "lap_scale": 0, "octave_scale": "2", "natural_colors": 0.1}
    others = [key(QUICK.with_changes(**{name: value})) for name, value in changes.items()]
    assert len({key(), key(guide=draw_style(80, 80)), *others}) == len(changes) + 2


def test_a_gradient_in_tiles_is_that_of_the_whole(exact_network, draw_content, draw_style):
    content, recipe = draw_content(112, 96), QUICK.with_changes(dream_layers="relu2_1,relu3_1", image_size=112)
    image = to_tensor(content).double()
    for guide in (None, draw_style(48, 48)):
        found = []
        for tile_pixels in (10**6, 7500):
            goal = DreamGoal(content, guide, recipe, exact_network)
            made = finish(goal.objective(goal.rungs[-1], Layout(tile_pixels, True, 1), ()))
            gradient = torch.full_like(image, float("nan"))
            losses = finish(made.gradient(image, gradient))
            found.append((gradient, losses.total, len(made.tiled.tiles)))
        (whole, loss, one), (cut, same, several) = found
        assert one == 1 < several
        torch.testing.assert_close(cut, whole, rtol=1e-6, atol=1e-8 * float(whole.abs().max()))
        assert same == pytest.approx(loss, rel=1e-8)
