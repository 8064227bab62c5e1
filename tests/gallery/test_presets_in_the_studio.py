"""The studio offers named settings and the cookbook's, each with a small picture and a line, and a link that works."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from gallery.models import Picture
from gallery.recipes.fields import initial
from gallery.studio import looks
from gallery.studio.presets import cookbook
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.django_db
LARGEST = 6000  # bytes of a small picture


def every() -> list[looks.Offer]:
    named, of_the_cookbook = looks.offers()
    return [*named, *of_the_cookbook]


def test_all_are_there_with_a_small_picture(client: Client) -> None:
    page = client.get("/new/").content.decode()

    assert len(every()) == 6 + len(cookbook().presets)
    for offer in every():
        assert f'data-preset="{escape(offer.title)}"' in page
        assert 0 < (Path(settings.BASE_DIR) / "static" / offer.thumbnail).stat().st_size <= LARGEST


@pytest.mark.parametrize("offer", every(), ids=lambda offer: offer.name)
def test_its_values_and_its_link_say_the_same(offer: looks.Offer, client: Client) -> None:
    form = client.get("/new/", {"preset": offer.name}).context["form"]
    default = initial(StyleRecipe())

    for name in looks.fields():
        told = json.loads(offer.values).get(name)
        value = form[name].value()
        assert (told is None and value == default[name]) or told == (
            "on" if value is True else "" if value is False else str(value)
        )


def test_balanced_is_the_default() -> None:
    assert looks.named("balanced").recipe == StyleRecipe()  # type: ignore[union-attr]


def test_what_pictures_have_to_do_with_stays_as_it_is() -> None:
    assert not {"image_size", "seed", "init", "regions", "region_count", "style_blend_weights"} & set(looks.fields())


def test_a_link_keeps_the_pictures_that_are_chosen(client: Client, make_picture: object) -> None:
    picture: Picture = make_picture(seed=1)  # type: ignore[operator]

    page = client.get("/new/", {"content": picture.pk}).content.decode()

    assert f"?preset=bold&amp;content={picture.pk}" in page


def test_a_kind_without_these_fields_offers_none(client: Client) -> None:
    assert "data-preset" not in client.get("/new/?kind=map").content.decode()
