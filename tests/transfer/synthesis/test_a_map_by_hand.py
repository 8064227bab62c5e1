"""The map by hand: paper, ink along the coast, lines in the water, signs where they belong."""

import numpy

from tests.transfer.synthesis.lands import island_and_sea, plain_of
from transfer.labels import Label
from transfer.synthesis.looks import drawn
from transfer.synthesis.looks.ink import WATERLINES, Coast
from transfer.synthesis.looks.placing import placed
from transfer.synthesis.terrain import Terrain


def half_land(side: int = 256) -> Terrain:
    ground = numpy.where(numpy.arange(side)[None, :] < side // 2, 300.0, -1000.0) * numpy.ones((side, 1))
    return plain_of(ground, Label.PLAIN)


def test_the_coast_is_a_dark_line() -> None:
    dark = numpy.asarray(drawn(half_land(512), "paper", 1)).astype(int).sum(axis=2)
    found = dark[:, 248:264].min(axis=1)
    assert (found < dark[:, 300:500].mean() * 0.8).mean() > 0.95


def test_the_coast_trembles() -> None:
    """The pen is not quite steady: the line's middle is off by a fraction of its width, not always by the same."""
    dark = 765 - numpy.asarray(drawn(half_land(512), "paper", 1)).astype(int).sum(axis=2)[:, 250:263]
    weights = numpy.maximum(dark - 350, 0) + 1e-6
    middles = (weights * numpy.arange(13)).sum(axis=1) / weights.sum(axis=1)
    assert 0.02 < middles.std() < 2


def test_waterlines_are_parallel_to_the_coast_and_fade_away_from_it() -> None:
    land = half_land(512)
    ink = Coast(land, 1).waterlines(slice(100, 400)).mean(axis=0)
    near = [ink[int(256 + 512 * share) - 4 : int(256 + 512 * share) + 5].max() for share in WATERLINES]
    assert near[0] > near[-1] > 0.05
    assert ink[:250].max() == 0
    assert ink[300:].max() == 0


def test_signs_stand_where_they_belong() -> None:
    land = island_and_sea(400, 300)
    found = placed(land, 1, numpy.ones((300, 400), bool))
    belongs = {"mountain": {Label.MOUNTAIN, Label.ICE}, "leafy": {Label.FOREST}, "conifer": {Label.FOREST}}
    belongs |= {"dune": {Label.DESERT}, "grass": {Label.PLAIN}, "hill": {Label.PLAIN}, "ice": {Label.ICE}}
    assert {each.kind for each in found} >= {"mountain", "leafy", "dune", "town"}
    for each in found:
        if each.kind != "town":
            foot = land.labels.values[round(min(299, max(0, each.y - each.side * 0.3))), min(399, round(each.x))]
            near = land.labels.values[
                max(0, int(each.y - each.side * 0.3) - 1) : int(each.y - each.side * 0.3) + 2,
                max(0, int(each.x) - 1) : int(each.x) + 2,
            ]
            assert foot in belongs[each.kind] or belongs[each.kind] & set(near.ravel().tolist())


def test_signs_nearer_to_the_reader_are_drawn_later() -> None:
    found = placed(island_and_sea(300, 300), 1, numpy.ones((300, 300), bool))
    assert [each.y for each in found] == sorted(each.y for each in found)


def test_no_sign_stands_where_there_is_no_room() -> None:
    land = plain_of(numpy.full((300, 300), 3000.0), Label.MOUNTAIN)
    free = numpy.zeros((300, 300), bool)
    free[:, 150:] = True
    found = placed(land, 1, free)
    assert found
    assert min(each.x for each in found) >= 150


def test_water_is_bluer_than_the_land_beside_it() -> None:
    picture = numpy.asarray(drawn(half_land(), "paper", 1)).astype(int)
    blueness = picture[..., 2] - picture[..., 0]
    assert blueness[:, 150:].mean() > blueness[:, :110].mean() + 15
