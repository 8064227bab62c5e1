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
from transfer.kinds import DREAM, INSTANT, STYLE, VARIATION, Kind
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.django_db
LARGEST = 6000  # bytes of a small picture


EVERY = [(kind, offer) for kind in cookbook().kinds for offers in looks.offers(kind) for offer in offers]
EACH = pytest.mark.parametrize(("kind", "offer"), EVERY, ids=[offer.name for _, offer in EVERY])


def test_all_are_offered_by_their_kind() -> None:
    assert len(EVERY) == 6 + len(cookbook().presets)
    assert {STYLE, INSTANT, DREAM, VARIATION} <= set(cookbook().kinds)


@EACH
def test_it_is_there_with_a_small_picture(kind: Kind, offer: looks.Offer, client: Client) -> None:
    page = client.get("/new/", {"kind": kind.name}).content.decode()

    assert f'data-preset="{escape(offer.title)}"' in page
    assert 0 < (Path(settings.BASE_DIR) / "static" / offer.thumbnail).stat().st_size <= LARGEST


@EACH
def test_its_values_and_its_link_say_the_same(kind: Kind, offer: looks.Offer, client: Client) -> None:
    form = client.get("/new/", {"preset": offer.name}).context["form"]
    default = initial(kind.recipe())

    assert form.kind is kind
    for name in looks.fields(kind):
        told = json.loads(offer.values).get(name)
        value = form[name].value()
        assert (told is None and value == default[name]) or told == (
            "on" if value is True else "" if value is False else str(value)
        )


def test_balanced_is_the_default() -> None:
    assert looks.named("balanced").recipe == StyleRecipe()  # type: ignore[union-attr]


def test_what_pictures_have_to_do_with_stays_as_it_is() -> None:
    for kind in cookbook().kinds:
        named = set(looks.fields(kind))
        assert not {"image_size", "seed", "init", "regions", "region_count", "style_blend_weights"} & named


def test_a_link_keeps_the_pictures_that_are_chosen(client: Client, make_picture: object) -> None:
    picture: Picture = make_picture(seed=1)  # type: ignore[operator]

    page = client.get("/new/", {"content": picture.pk}).content.decode()

    assert f"?preset=bold&amp;content={picture.pk}" in page


def test_a_kind_without_these_fields_offers_none(client: Client) -> None:
    assert "data-preset" not in client.get("/new/?kind=map").content.decode()
