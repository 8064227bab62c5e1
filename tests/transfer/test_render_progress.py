import itertools

import pytest

from tests.transfer.conftest import iterations
from transfer.engine.ladder import rungs
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


@pytest.fixture(scope="module")
def climb():
    return StyleRecipe(image_size=150, num_iterations=4)


@pytest.fixture
def steps(content, style, network, climb):
    return list(iterations(StyleInputs(content, (style,)), climb, network))


def test_the_done_fraction_rises_with_every_step_to_exactly_one(steps):
    fractions = [step.fraction for step in steps]
    assert fractions[0] > 0
    assert fractions == sorted(set(fractions))
    assert fractions[-1] == 1


def test_there_is_one_step_for_every_iteration_of_every_rung(steps, climb):
    expected = [(rung, count) for rung in rungs(climb) for count in range(1, rung.iterations + 1)]
    assert [(step.rung, step.iteration) for step in steps] == expected


def test_only_the_last_step_of_a_rung_ends_it_and_only_the_last_of_all_ends_the_render(steps):
    for step, following in itertools.pairwise(steps):
        assert step.ends_rung == (following.rung != step.rung)
        assert not step.ends_render
    assert steps[-1].ends_rung
    assert steps[-1].ends_render


def test_the_total_is_the_sum_of_the_terms(steps):
    for step in steps:
        terms = [value for name, value in step.losses.items() if name != "total"]
        assert step.losses["total"] == pytest.approx(sum(terms))


def test_the_lowest_rung_has_no_anchor_and_higher_ones_do(steps):
    for step in steps:
        if step.rung.index == 0:
            assert step.losses["anchor"] == 0
    assert any(step.losses["anchor"] > 0 for step in steps)


@pytest.mark.parametrize("way", [{}, {"style_loss": "gram"}, {"init": "noise"}], ids=str)
def test_the_total_loss_falls(content, style, network, way):
    steps = list(
        iterations(StyleInputs(content, (style,)), StyleRecipe(image_size=64, num_iterations=40, **way), network)
    )
    assert steps[-1].losses["total"] < 0.9 * steps[0].losses["total"]


def test_the_result_differs_from_the_content_and_more_so_with_more_style(content, style, network):
    from transfer.images import scaled

    start = scaled(content, (64, 48))
    far = []
    for weight in (0, 1, 30):
        steps = list(
            iterations(
                StyleInputs(content, (style,)),
                StyleRecipe(image_size=64, num_iterations=25, style_weight=weight),
                network,
            )
        )
        far.append(float((steps[-1].image - start).square().mean()))
    assert far == sorted(set(far))


def test_stopping_early_needs_nothing_but_not_asking_for_more(content, style, network):
    iterator = iterations(StyleInputs(content, (style,)), StyleRecipe(image_size=64, num_iterations=50), network)
    assert next(iterator).iteration == 1
    iterator.close()
    assert list(iterator) == []
