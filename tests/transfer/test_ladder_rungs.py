import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from transfer.engine.ladder import fit, rungs, work
from transfer.recipes.style import StyleRecipe

sizes = st.integers(64, 2048)
iterations = st.integers(1, 2000)
pictures = st.tuples(st.integers(1, 6000), st.integers(1, 6000))


def sides(recipe):
    return [rung.long_side for rung in rungs(recipe)]


@given(sizes, iterations)
def test_the_last_rung_is_the_size_asked_for_and_each_is_larger_than_the_one_below(size, count):
    found = sides(StyleRecipe(image_size=size, num_iterations=count))
    assert found[-1] == size
    assert found == sorted(set(found))


@given(sizes)
def test_no_rung_is_much_more_than_the_root_of_two_above_the_one_below(size):
    found = sides(StyleRecipe(image_size=size))
    assert all(above / below < math.sqrt(2) + 0.01 for below, above in itertools.pairwise(found))


@given(sizes)
def test_every_second_rung_below_the_last_doubles(size):
    below = sides(StyleRecipe(image_size=size))[:-1]
    assert all(abs(above - 2 * side) <= 1 for side, above in zip(below, below[2:], strict=False))


def test_the_documented_sizes_are_the_rungs():
    assert sides(StyleRecipe(image_size=1024)) == [128, 181, 256, 362, 512, 724, 1024]


@given(sizes, sizes, iterations, st.floats(0.0001, 1.0))
def test_the_rungs_of_a_small_render_are_the_first_of_a_larger_one(one, other, count, rate):
    small, large = (
        rungs(StyleRecipe(image_size=size, num_iterations=count, learning_rate=rate)) for size in sorted((one, other))
    )
    assert small[:-1] == large[: len(small) - 1]
    if small[-1].long_side == large[len(small) - 1].long_side:
        assert small == large[: len(small)]


@given(sizes)
def test_a_rung_on_the_ladder_is_the_same_when_it_is_the_last(size):
    climb = rungs(StyleRecipe(image_size=size))
    for count in range(1, len(climb) + 1):
        last = climb[count - 1].long_side
        assert rungs(StyleRecipe(image_size=last)) == climb[:count]


@given(st.integers(130, 2048))
def test_a_size_between_two_rungs_is_reached_from_the_rung_below_in_the_iterations_of_the_one_above(size):
    climb = rungs(StyleRecipe(image_size=size))
    whole = rungs(StyleRecipe(image_size=2048))
    assert climb[:-1] == tuple(rung for rung in whole if rung.long_side < size)[: len(climb) - 1]
    above = whole[len(climb) - 1]
    assert above.long_side >= size
    assert (climb[-1].index, climb[-1].iterations) == (above.index, above.iterations)
    assert climb[-1].learning_rate == above.learning_rate


@given(sizes, iterations)
def test_higher_rungs_take_no_more_iterations_and_no_larger_steps(size, count):
    climb = rungs(StyleRecipe(image_size=size, num_iterations=count))
    assert climb[0].iterations == count
    for below, above in itertools.pairwise(climb):
        assert 1 <= above.iterations <= below.iterations
        assert 0 < above.learning_rate <= below.learning_rate
    assert [rung.index for rung in climb] == list(range(len(climb)))


@given(sizes, sizes, pictures)
def test_a_larger_render_is_more_work(one, other, picture):
    small, large = sorted((one, other))
    costs = [
        sum(work(rung, fit(picture, rung.long_side)) for rung in rungs(StyleRecipe(image_size=size)))
        for size in (small, large)
    ]
    assert (costs[0] < costs[1]) if small < large else (costs[0] == costs[1])


@given(sizes, pictures)
def test_every_iteration_is_work(size, picture):
    rung = rungs(StyleRecipe(image_size=size))[-1]
    costs = [work(rung, picture, count) for count in range(4)]
    assert costs[0] == 0
    assert costs == sorted(set(costs))
    assert work(rung, picture) == work(rung, picture, rung.iterations)


@given(pictures, st.integers(64, 2048))
def test_a_picture_fits_its_long_side_exactly_and_keeps_its_shape(picture, long_side):
    width, height = fit(picture, long_side)
    assert max(width, height) == long_side
    assert min(width, height) >= 16
    for given_side, side in zip(picture, (width, height), strict=True):
        assert side == 16 or abs(side - given_side * long_side / max(picture)) <= 0.5


@given(pictures, st.integers(64, 2048))
def test_turning_a_picture_turns_its_fit(picture, long_side):
    assert fit(picture[::-1], long_side) == fit(picture, long_side)[::-1]
