"""A link carries generator, version, seed and whatever is not as by default; one of another version is mended."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from gallery.recipes import addresses
from gallery.studio.making import address_of
from tests.gallery.made import StripesRecipe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]


def read(**given: str) -> tuple[StripesRecipe, tuple[str, ...]]:
    found = addresses.read(StripesRecipe, given)
    assert isinstance(found.recipe, StripesRecipe)
    return found.recipe, found.remarks


@pytest.mark.parametrize(
    "values",
    [{}, {"seed": 7}, {"wet": False, "wide": 0.3}, {"image_size": 2048, "shape": "16:9"}, {"seed": 2**32 - 1}],
    ids=str,
)
def test_the_recipe_comes_back(values: Mapping[str, object]) -> None:
    recipe = StripesRecipe.model_validate(values)
    query = dict(parse_qsl(urlsplit(address_of(recipe)).query))

    assert read(**query) == (recipe, ())


def test_it_is_short() -> None:
    assert address_of(StripesRecipe(seed=5)) == "/make/stripes/?version=2&seed=5"


def test_a_link_of_a_later_version_is_mended_with_a_sentence() -> None:
    recipe, remarks = read(version="3", seed="4", glow="strong")

    assert recipe == StripesRecipe(seed=4)
    assert len(remarks) == 2
    assert "newer version (3; this one knows 2)" in remarks[0]
    assert "“glow” is unknown here" in remarks[1]


@pytest.mark.parametrize(
    ("given", "recipe"),
    [
        ({"wide": "70"}, StripesRecipe(wide=0.9)),
        ({"steps": "-3"}, StripesRecipe(steps=0)),
        ({"seed": "9" * 60}, StripesRecipe(seed=2**32 - 1)),
        ({"wide": "nan"}, StripesRecipe()),
        ({"wide": "9" * 400}, StripesRecipe()),
        ({"seed": "seven"}, StripesRecipe()),
        ({"shape": "round"}, StripesRecipe()),
    ],
    ids=str,
)
def test_a_value_that_cannot_be_is_mended_with_one_sentence(given: dict[str, str], recipe: StripesRecipe) -> None:
    found, remarks = read(**given)

    assert found == recipe
    assert len(remarks) == 1


def test_the_page_says_what_was_mended_and_shows_the_rest(client: Client) -> None:
    page = client.get("/make/stripes/?version=9&seed=44&wide=70").content.decode()

    assert "newer version" in page
    assert "Wide cannot be “70” here: it is 0.9." in page
    assert 'name="seed" value="44"' in page


def test_an_empty_value_is_the_default() -> None:
    assert read(seed="", wide=" ") == (StripesRecipe(), ())


def test_a_box_that_is_not_ticked_says_no() -> None:
    assert read(wet="") == (StripesRecipe(wet=False), ())
