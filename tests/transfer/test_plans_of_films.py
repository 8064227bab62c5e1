"""What is said of a film beforehand: the time follows its frames, and painted ones take longer than instant ones."""

import pytest

from transfer.errors import PlanError
from transfer.film import planner
from transfer.film.footage import Footage
from transfer.film.recipe import FilmRecipe
from transfer.inputs import Role
from transfer.planning.planner import Speed

SPEED = Speed(iteration=0.01, look=2e-7, paint=8e-7)
MIB = 2**20


def planned(frames=48, memory=None, **fields):
    sizes = {Role.CONTENT: [Footage((640, 360), frames, frames / 24)], Role.STYLE: [(300, 300)]}
    return planner.plan(FilmRecipe(**fields), sizes, 4, memory, SPEED)


@pytest.mark.parametrize("each", ["instant", "painted"])
def test_twice_as_many_frames_take_nearly_twice_as_long(each):
    once, twice = (planned(frames, each=each).rungs[0].seconds for frames in (240, 480))
    assert twice == pytest.approx(2 * once, rel=0.1)


def test_painted_ones_take_several_times_as_long():
    assert planned(each="painted").seconds > 2 * planned().seconds


def test_frames_are_counted_whatever_they_are():
    assert planned(each="painted").rungs[0].iterations == planned().rungs[0].iterations == 48


def test_painted_ones_need_more_memory_and_say_so_where_it_is_too_small():
    assert planned(each="painted").memory > planned().memory
    with pytest.raises(PlanError):
        planned(each="painted", memory=100 * MIB)
