import math

import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis import polygons
from transfer.synthesis.city.houses import Layer, standing
from transfer.synthesis.city.make import make
from transfer.synthesis.city.plan import Use, plan
from transfer.synthesis.recipes.city import CityRecipe


def planned(seed=1, **fields):
    asked = {"wards": 40, "river": True, "ring": True, "sprawl": 0.5, "parks": 0.1} | fields
    return plan((1.0, 1.0), seed=seed, **asked)


@pytest.mark.parametrize("seed", range(3))
def test_no_block_lies_in_the_river(seed):
    made = planned(seed)
    distances = [made.river.nearest(polygons.middle(block))[1] for _, block in made.blocks]
    assert min(distances) > made.river.half


@pytest.mark.parametrize("seed", range(3))
def test_streets_cross_the_river_by_bridges(seed):
    bridges = planned(seed).bridges
    assert len(bridges) >= 2
    assert min(numpy.diff(bridges)) > 10


def test_the_old_town_has_smaller_blocks_than_the_suburbs():
    made = planned()
    sizes = {
        use: numpy.mean([polygons.area(block) for which, block in made.blocks if which is use])
        for use in (Use.OLD, Use.INNER, Use.OUTER)
    }
    assert sizes[Use.OLD] < sizes[Use.INNER] < sizes[Use.OUTER]


def test_the_ring_is_closed():
    ends = [(round(x, 6), round(y, 6)) for edge in planned().ring for x, y in edge]
    assert ends
    assert all(ends.count(end) % 2 == 0 for end in ends)


def test_sprawl_makes_city_of_fields():
    shares = [
        finish(make(CityRecipe(image_size=96, sprawl=sprawl))).labels.shares().get("city", 0) for sprawl in (0, 0.5, 1)
    ]
    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[2]


def test_labels_name_the_river_only_where_there_is_one():
    with_river, without = (
        finish(make(CityRecipe(image_size=96, river=river))).labels.shares() for river in (True, False)
    )
    assert 0.01 < with_river["water"] < 0.1
    assert "water" not in without


def test_water_is_blue_in_both_looks():
    for look in ("aerial", "plan"):
        city = finish(make(CityRecipe(image_size=256, look=look, parks=0)))
        colours = numpy.asarray(city.picture, dtype=float)
        bluer = colours[..., 2] - colours[..., 0]
        water = city.labels.values == 1
        assert bluer[water].mean() > bluer[~water].mean() + 20


def test_parks_are_green_wards():
    areas = [
        math.fsum(polygons.area(block) for use, block in planned(parks=share).blocks if use is Use.PARK)
        for share in (0, 0.2, 0.5)
    ]
    assert areas[0] == 0
    assert areas == sorted(areas)


def test_what_a_pixel_hides_is_left_out_and_changes_nothing_else():
    made = planned()
    every, seen = (list(standing(made, 1, pixel)) for pixel in (0.0, 1 / 256))
    assert len(seen) < 0.75 * len(every)
    assert [shape for shape in seen if shape.layer is Layer.BLOCK] == [
        shape for shape in every if shape.layer is Layer.BLOCK
    ]
