"""Variations of any size and shape: the planner is right, and small ones show what large ones will be."""

import itertools

import numpy
import pytest
import torch

from tests.transfer.variations import QUICK, islands, painter_of, steps, varied
from transfer.errors import PlanError
from transfer.images import to_picture, to_tensor
from transfer.inputs import Role
from transfer.pausing import finish
from transfer.style.advice import PictureFacts
from transfer.variation import nearest, planner, rungs, source, transport
from transfer.variation.recipe import VariationRecipe

SIZES = {Role.CONTENT: [(96, 72)]}


@pytest.mark.parametrize(
    ("changes", "size"),
    [
        ({}, (64, 48)),
        ({"shape": "1:1"}, (64, 64)),
        ({"shape": "2:1"}, (64, 32)),
        ({"shape": "9:16"}, (36, 64)),
        ({"extent": 4.0}, (64, 48)),
        ({"patch_size": 3, "pyramid": 1, "variety": 1.0}, (64, 48)),
        ({"patch_size": 11, "extent": 16.0, "shape": "1:2"}, (32, 64)),
    ],
)
def test_it_is_as_large_as_was_said(changes: dict, size: tuple[int, int]) -> None:
    recipe = QUICK.with_changes(num_iterations=2, **changes)
    assert planner.size(recipe, SIZES) == size
    assert varied(recipe, islands()).shape == (size[1], size[0], 3)


def test_a_small_one_is_what_a_large_one_was_on_its_way() -> None:
    small, large = (QUICK.with_changes(image_size=side, num_iterations=10) for side in (64, 91))
    seen = [to_picture(step.image) for step in steps(painter_of(large, islands())) if step.ends_rung]
    assert (numpy.asarray(seen[-2]) == varied(small, islands())).all()


def test_sizes_grow_evenly_to_the_one_that_is_asked_for_and_a_plan_has_each_of_them() -> None:
    recipe = VariationRecipe(image_size=600, pyramid=2)
    sides = [rung.long_side for rung in rungs.rungs(recipe)]
    assert sides[-1] == 600
    assert {64, 128, 256, 512} <= set(sides)
    assert all(1 < above / below < 1.5 for below, above in itertools.pairwise(sides))
    plan = planner.plan(recipe, SIZES, 4, None, None)
    assert [each.iterations for each in plan.rungs] == [rung.iterations for rung in rungs.rungs(recipe)]
    assert plan.seconds is not None


def test_more_variety_begins_with_more_patches() -> None:
    first = [rungs.rungs(VariationRecipe(variety=variety))[0].long_side for variety in (0, 0.5, 1)]
    assert first == sorted(set(first))


def test_too_little_memory_is_refused_in_a_sentence() -> None:
    with pytest.raises(PlanError, match=r"4,096 px needs .* GiB; this machine allows 512 MiB. Choose a smaller size"):
        planner.plan(VariationRecipe(image_size=4096), SIZES, 4, 2**29, None)


def test_a_picture_that_has_to_be_enlarged_is_pointed_out() -> None:
    facts = {Role.CONTENT: [PictureFacts((200, 150))]}
    assert planner.advice(VariationRecipe(image_size=200), facts) == []
    assert "enlarged to 800 × 600 px" in planner.advice(VariationRecipe(image_size=800), facts)[0]
    assert planner.advice(VariationRecipe(image_size=800, extent=16), facts) == []


def test_what_stays_is_pointed_out_where_it_has_another_shape() -> None:
    facts = {Role.CONTENT: [PictureFacts((200, 150))], Role.GUIDE: [PictureFacts((400, 300))]}
    assert planner.advice(VariationRecipe(image_size=200), facts) == []
    facts[Role.GUIDE] = [PictureFacts((150, 150))]
    assert "is stretched over it" in planner.advice(VariationRecipe(image_size=200), facts)[0]


def test_bands_change_nothing_but_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = source.Source(to_tensor(islands((64, 48))), 5)
    image = to_tensor(islands((80, 60)))

    def done() -> tuple[torch.Tensor, torch.Tensor]:
        drawn = torch.Generator().manual_seed(1)
        guess = finish(nearest.Matcher(picture).field(image, (), drawn))
        monkeypatch.setattr(nearest, "MOST_PAIRS", 0)
        field = finish(nearest.Matcher(picture).field(image, (guess,), drawn))
        moved, _ = finish(transport.Directions(picture, 8, drawn).transported(image, 1.0))
        return moved, finish(nearest.voted(picture, field))

    whole = done()
    monkeypatch.setattr(source, "VALUES", 5_000)
    for one, other in zip(whole, done(), strict=True):
        assert torch.allclose(one, other, atol=1e-4)
