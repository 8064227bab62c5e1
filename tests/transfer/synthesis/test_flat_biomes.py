"""Flat colours of biomes, with soft edges."""

import dataclasses

import numpy

from tests.transfer.synthesis.lands import island_and_sea, plain_of
from transfer.labels import Label, LabelMap
from transfer.synthesis.looks import drawn
from transfer.synthesis.looks.biomes import COLOURS, NAMES, biomes


def test_a_biome_has_its_colour_all_over() -> None:
    picture = numpy.asarray(drawn(plain_of(numpy.full((64, 64), 100.0), Label.DESERT, 28, 0.1), "biomes", 1))
    assert (abs(picture.astype(int) - COLOURS["desert"]) <= 1).all()


def test_labels_are_told_apart_by_climate() -> None:
    for label, temperature, moisture, name in (
        (Label.FOREST, 26, 0.9, "rainforest"),
        (Label.FOREST, 2, 0.6, "taiga"),
        (Label.PLAIN, 26, 0.3, "savanna"),
        (Label.PLAIN, -3, 0.5, "tundra"),
        (Label.DESERT, 3, 0.1, "steppe"),
    ):
        found = biomes(plain_of(numpy.full((8, 8), 100.0), label, temperature, moisture))
        assert NAMES[found[0, 0]] == name


def test_an_edge_is_soft_and_narrow() -> None:
    labels = numpy.full((256, 256), Label.DESERT, numpy.uint8)
    labels[:, 128:] = Label.MOUNTAIN
    flat = plain_of(numpy.full((256, 256), 100.0), Label.DESERT, 28)
    land = dataclasses.replace(flat, labels=LabelMap.of(labels))
    row = numpy.asarray(drawn(land, "biomes", 1)).astype(int)[100].sum(axis=1)
    between = (row != row[0]) & (row != row[-1])
    assert 1 <= between.sum() <= 8


def test_most_of_a_map_is_in_few_colours() -> None:
    picture = numpy.asarray(drawn(island_and_sea(256, 192), "biomes", 1))
    counts = numpy.unique(picture.reshape(-1, 3), axis=0, return_counts=True)[1]
    assert numpy.sort(counts)[-16:].sum() > 0.55 * counts.sum()
