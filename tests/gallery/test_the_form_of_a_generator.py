"""A generator's panel has every field of its recipe, made from nothing but the recipe."""

import pytest
from django.test import Client

from tests.gallery.test_the_studio_offers_every_parameter import Controls
from transfer.synthesis.generators import GENERATORS, Generator

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("generator", GENERATORS.values(), ids=list(GENERATORS))


@EACH
def test_every_parameter_is_there_with_its_default_and_a_label(generator: Generator, client: Client) -> None:
    controls = Controls(client.get(f"/make/{generator.name}/").content.decode())

    for name, field in generator.recipe.model_fields.items():
        control = controls.found[name]
        assert control["id"] in controls.labels
        if name in controls.options:
            chosen = [option["value"] for option in controls.options[name] if "selected" in option]
            assert chosen == [str(field.default)]
        elif field.annotation is bool:
            assert ("checked" in control) == field.default
        else:
            assert float(control["value"]) == field.default


def test_numbers_between_bounds_have_a_slider_with_the_same_bounds(client: Client) -> None:
    page = client.get("/make/clouds/").content.decode()

    assert (
        '<input type="range" class="scripted" min="1" max="64" step="1.0" value="4" aria-label="Scale, slider">' in page
    )


def test_the_first_generator_is_shown_where_none_is_named(client: Client) -> None:
    response = client.get("/make/?slot=content&back=style%3Dx")

    assert response.headers["Location"] == f"/make/{next(iter(GENERATORS))}/?slot=content&back=style%3Dx"


@pytest.mark.parametrize("slot", ["style", "style_2"])
def test_the_place_of_a_style_is_offered_a_style_first(slot: str, client: Client) -> None:
    assert client.get(f"/make/?slot={slot}").headers["Location"] == f"/make/oil/?slot={slot}"


def test_what_is_found_by_itself_is_called_automatic_in_the_studio_too(client: Client) -> None:
    page = client.get("/new/?kind=map").content.decode()

    assert '<option value="automatic" selected>automatic</option>' in page
    assert "found by colour" not in page


def test_a_generator_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/make/unicorns/").status_code == 404
    assert client.get("/make/?generator=unicorns").status_code == 404
