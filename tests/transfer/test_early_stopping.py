import itertools

import pytest

from tests.transfer.conftest import iterations
from transfer.engine.ladder import rungs
from transfer.engine.painting import STRETCH
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


@pytest.fixture
def climb(content, style, network):
    def climbed(**fields):
        recipe = StyleRecipe(**{"image_size": 140, "num_iterations": 45} | fields)
        return list(iterations(StyleInputs(content, (style,)), recipe, network)), rungs(recipe)

    return climbed


def counts(steps):
    """How many iterations each rung had."""
    return [len(list(group)) for _, group in itertools.groupby(steps, key=lambda step: step.rung)]


def test_a_rung_ends_before_its_iterations_and_the_render_all_the_same_at_its_size(climb):
    steps, ladder = climb(early_stopping=0.5)
    found = counts(steps)
    assert len(found) == len(ladder) == 2
    assert all(2 * STRETCH <= count < rung.iterations for count, rung in zip(found, ladder, strict=True))
    assert max(steps[-1].image.shape) == 140
    assert steps[-1].ends_render


def test_the_fraction_rises_with_every_step_and_ends_at_one(climb):
    steps, _ = climb(early_stopping=0.5)
    fractions = [step.fraction for step in steps]
    assert fractions == sorted(set(fractions))
    assert fractions[-1] == 1


def test_only_the_last_step_of_a_rung_ends_it(climb):
    steps, _ = climb(early_stopping=0.5)
    for step, following in itertools.pairwise(steps):
        assert step.ends_rung == (following.rung != step.rung)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))


def test_a_rung_is_left_when_ten_iterations_lower_the_loss_by_less_than_the_share(climb):
    steps, _ = climb(image_size=64, num_iterations=200, early_stopping=0.1)
    totals = [step.losses["total"] for step in steps]
    assert 2 * STRETCH < len(totals) < 200
    kept = [
        sum(totals[end - STRETCH : end]) / sum(totals[end - 2 * STRETCH : end - STRETCH])
        for end in range(2 * STRETCH, len(totals) + 1)
    ]
    assert kept[-1] > 0.9
    assert all(share <= 0.9 for share in kept[:-1])


def test_the_less_patient_the_sooner(climb):
    lengths = [len(climb(image_size=64, num_iterations=80, early_stopping=share)[0]) for share in (0.5, 0.05)]
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[-1]


def test_a_rung_that_stops_early_shows_what_it_would_have_shown_by_then(climb):
    stopped, _ = climb(image_size=64, early_stopping=0.5)
    whole, _ = climb(image_size=64)
    assert stopped[-1].losses == whole[len(stopped) - 1].losses
    assert stopped[-1].fraction == 1 > whole[len(stopped) - 1].fraction


@pytest.mark.parametrize("weights", [{}, {"content_weight": 0, "style_weight": 0, "tv_weight": 0}], ids=len)
def test_without_it_no_rung_ends_early_even_where_nothing_changes(climb, weights):
    steps, ladder = climb(image_size=64, early_stopping=0, **weights)
    assert counts(steps) == [rung.iterations for rung in ladder]
