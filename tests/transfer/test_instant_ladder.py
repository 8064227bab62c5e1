"""Sizes of an instant picture build on each other: small ones are what larger ones begin with, and can be kept."""

import pytest
import torch

from tests.transfer.instant import CPU, inputs_of, painted
from transfer.engine.keeper import Folder, Keeper
from transfer.engine.step import Step, result
from transfer.instant.painter import painter
from transfer.instant.recipe import InstantRecipe


def test_a_small_picture_is_what_a_larger_one_begins_with(draw_content, draw_style):
    pictures = draw_content(192, 144), draw_style(96, 96)
    steps = painter(inputs_of(*pictures), InstantRecipe(image_size=192), CPU).steps()
    begun = next(step.image for step in steps if isinstance(step, Step) and step.ends_rung)
    assert torch.equal(begun, painted(*pictures, image_size=128))


def test_it_goes_on_from_what_was_kept(draw_content, draw_style, tmp_path):
    made = painter(
        inputs_of(draw_content(132, 99), draw_style(96, 96)), InstantRecipe(image_size=132, quality="draft"), CPU
    )
    keeper = Keeper(Folder(tmp_path), made.key())
    for step in made.steps():
        if step.number in (1, 20):
            assert keeper.keep_now(step)
        if step.number == 20:
            break
    resumed = keeper.best(made.rungs)
    assert resumed.number == 20
    again = list(made.steps(resume=resumed))
    assert again[0].number == 21
    assert torch.equal(again[-1].image, result(made.steps()).image)


def test_qualities_differ_only_in_iterations_after_the_pass():
    for quality, iterations in (("instant", [1, 1, 1, 1]), ("quick", [9, 5, 3, 2]), ("draft", [25, 17, 7, 4])):
        assert [rung.iterations for rung in InstantRecipe(image_size=1024, quality=quality).rungs] == iterations


def test_what_happens_on_a_size_does_not_depend_on_the_last_one():
    large = {rung.long_side: rung for rung in InstantRecipe(image_size=2048, quality="draft", iterations=3).rungs}
    for side in (64, 128, 200, 256, 512, 1024, 2048):
        *_, last = InstantRecipe(image_size=side, quality="draft", iterations=3).rungs
        assert large.get(side, last) == last


def test_what_decides_on_pixels_is_in_its_key_and_the_size_is_not(content, style):
    def key(**fields):
        return painter(inputs_of(content, style), InstantRecipe(**fields), CPU).key()

    assert key(image_size=64) == key(image_size=128)
    assert len({key(), key(strength=0.4), key(quality="quick"), key(seed=1), key(style_scale=2)}) == 5


@pytest.mark.parametrize(("more", "is_averaged"), [(0, False), (40, True)])
def test_a_few_iterations_are_not_averaged(draw_content, draw_style, more, is_averaged):
    recipe = InstantRecipe(image_size=256, quality="quick", iterations=more)
    steps = painter(inputs_of(draw_content(256, 96), draw_style(96, 96)), recipe, CPU).steps()
    step = next(each for each in steps if isinstance(each, Step) and (each.rung.long_side, each.iteration) == (256, 4))
    assert torch.equal(step.image, step.canvas.painting.optimiser.image) is not is_averaged


def test_iterations_bring_it_closer_to_the_style(draw_content, draw_style):
    made = painter(
        inputs_of(draw_content(128, 96), draw_style(96, 96)), InstantRecipe(image_size=128, quality="draft"), CPU
    )
    losses = [step.losses["style"] for step in made.steps() if step.number > 1]
    assert losses[-1] < 0.8 * losses[0]
