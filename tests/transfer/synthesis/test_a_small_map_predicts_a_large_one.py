"""A look of a small map is what the look of the same map, four times as large, is from further away."""

import dataclasses

import numpy
import pytest
from PIL import Image

from tests.transfer.synthesis.lands import island_and_sea
from transfer.labels import LabelMap
from transfer.synthesis.looks import LOOKS, drawn
from transfer.synthesis.made import River
from transfer.synthesis.terrain import Terrain


def larger(land: Terrain, times: int) -> Terrain:
    height, width = land.height.shape
    size = (width * times, height * times)

    def stretched(field: numpy.ndarray, how: Image.Resampling) -> numpy.ndarray:
        return numpy.asarray(Image.fromarray(field).resize(size, how))

    return dataclasses.replace(
        land,
        **{
            name: stretched(getattr(land, name), Image.Resampling.BICUBIC)
            for name in ("height", "temperature", "moisture")
        },
        labels=LabelMap.of(stretched(land.labels.values, Image.Resampling.NEAREST)),
        lakes=stretched(land.lakes.view(numpy.uint8), Image.Resampling.NEAREST).astype(bool),
        rivers=tuple(River(each.points * times, each.widths * times) for each in land.rivers),
        cities=tuple((x * times, y * times) for x, y in land.cities),
    )


@pytest.mark.parametrize("look", LOOKS)
def test_the_large_picture_made_small_is_the_small_one(look: str) -> None:
    land = island_and_sea(160, 120)
    small = drawn(land, look, 1)
    large = drawn(larger(land, 4), look, 1).resize(small.size, Image.Resampling.BOX)
    away = numpy.abs(numpy.asarray(small).astype(int) - numpy.asarray(large))
    assert away.mean() < 14
