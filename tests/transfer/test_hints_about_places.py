"""Of maps it is known which part is water, land or ice: what the style has no counterpart of is said beforehand."""

import itertools

import numpy
import pytest

from transfer.recipes.style import StyleRecipe
from transfer.style.advice import GRID, PictureFacts, advice

seeds = itertools.count()
COAST = {"water": 0.4, "plain": 0.6}


def map_of(labels: dict[str, float]) -> PictureFacts:
    """A large picture of colourful noise."""
    return _picture(numpy.random.default_rng(next(seeds)).integers(0, 256, (GRID**2, 3)), labels)


def pale() -> PictureFacts:
    """A picture from dark to bright whose colours are nearly grey."""
    chance = numpy.random.default_rng(next(seeds))
    return _picture(chance.integers(0, 216, (GRID**2, 1)) + chance.integers(0, 40, (GRID**2, 3)), {})


def _picture(colours: numpy.ndarray, labels: dict[str, float]) -> PictureFacts:
    return PictureFacts((1024, 1024), colours.astype("uint8").tobytes(), str(next(seeds)), labels)


def said(content: PictureFacts, *styles: PictureFacts, **fields: object) -> list[str]:
    return advice(StyleRecipe(**fields), content, styles)  # type: ignore[arg-type]


def test_nothing_is_said_where_each_finds_its_counterpart() -> None:
    assert said(map_of(COAST), map_of({"deep water": 0.3, "desert": 0.7})) == []


def test_nothing_is_said_where_labels_are_not_known() -> None:
    assert said(map_of({}), map_of({"plain": 1.0})) == []
    assert said(map_of(COAST), map_of({})) == []


def test_a_style_without_water_is_told_of() -> None:
    (sentence,) = said(map_of(COAST), map_of({"desert": 0.97, "water": 0.03}))

    assert sentence == (
        "The style has no water, and the sea will look like land: choose another crop, or match regions."
    )


def test_with_regions_it_says_no_more_that_one_could_match_them() -> None:
    (sentence,) = said(map_of(COAST), map_of({"desert": 1.0}), regions="automatic")

    assert sentence.endswith("choose another crop.")


def test_water_in_one_of_several_styles_is_enough() -> None:
    assert said(map_of(COAST), map_of({"desert": 1.0}), map_of(COAST)) == []
    (sentence,) = said(map_of(COAST), map_of({"desert": 1.0}), map_of({"forest": 1.0}))
    assert sentence.startswith("No style has water, ")


def test_a_style_of_sea_alone_is_told_of() -> None:
    (sentence,) = said(map_of(COAST), map_of({"deep water": 1.0}))

    assert sentence.startswith("The style has no land, and the land will look like sea")


def test_ice_without_a_counterpart_is_told_of() -> None:
    (sentence,) = said(map_of({"ice": 0.3, "water": 0.3, "plain": 0.4}), map_of(COAST))

    assert sentence.startswith("The style has no ice")


@pytest.mark.parametrize(("sea", "is_told"), [(0.74, False), (0.8, True)])
def test_a_map_that_is_mostly_sea_is_told_of(sea: float, is_told: bool) -> None:
    found = said(map_of({"deep water": sea / 2, "water": sea / 2, "plain": 1 - sea}), map_of(COAST))

    assert any("mostly sea (80% of it)" in sentence for sentence in found) == is_told


def test_two_pale_pictures_are_told_of() -> None:
    (sentence,) = said(pale(), pale())

    assert "works better with more colour" in sentence


def test_one_pale_picture_is_no_matter() -> None:
    assert said(pale(), map_of({})) == said(map_of({}), pale()) == []


def test_paleness_is_no_matter_where_the_content_keeps_its_colours() -> None:
    assert said(pale(), pale(), original_colors=True) == []
