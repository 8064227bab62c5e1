"""What is made in the panel becomes a picture of the person, with what is known of its places, and goes to its slot."""

import numpy
import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from gallery.models import Picture
from gallery.pictures import making
from tests.gallery.made import StripesRecipe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]
JSON = {"Accept": "application/json"}


def test_a_program_gets_what_a_slot_needs(client: Client) -> None:
    response = client.post("/make/stripes/", {"seed": "5", "image_size": "128"}, headers=JSON)
    picture = Picture.objects.get()

    assert response.status_code == 201
    assert response.json()["id"] == str(picture.pk)
    assert picture.thumbnail.url in response.json()["picture"]
    assert (picture.name, picture.width, picture.height) == ("Stripes", 128, 128)


def test_it_belongs_to_whoever_made_it(alice: User, alices_browser: Client) -> None:
    alices_browser.post("/make/stripes/", {"image_size": "64"}, headers=JSON)

    assert Picture.objects.get().owner == alice


def test_it_keeps_its_recipe_its_height_and_its_labels(client: Client) -> None:
    client.post("/make/stripes/", {"seed": "5", "image_size": "128", "wet": "on"}, headers=JSON)
    picture = Picture.objects.get()

    assert StripesRecipe.model_validate(picture.made_by) == StripesRecipe(seed=5, image_size=128)
    for file, values in ((picture.elevation, {0, 65535}), (picture.labels, {1, 2})):
        with file.open() as stored, Image.open(stored) as image:
            assert image.size == (128, 128)
            assert set(numpy.unique(numpy.asarray(image)).tolist()) == values


@pytest.mark.parametrize("field", [{"wide": "70"}, {"seed": "-1"}, {"image_size": "7"}, {"shape": "round"}], ids=str)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(field: dict[str, str], client: Client) -> None:
    (name,) = field
    answered = client.post("/make/stripes/", field, headers=JSON)
    page = client.post("/make/stripes/", field)

    assert (answered.status_code, page.status_code) == (422, 422)
    (sentence,) = answered.json()["errors"][name]
    assert sentence.replace("'", "&#x27;") in page.content.decode()
    assert not Picture.objects.exists()


def test_one_that_is_too_narrow_to_be_used_is_refused_with_a_sentence(client: Client) -> None:
    answered = client.post("/make/stripes/", {"image_size": "64", "shape": "2:1"}, headers=JSON)

    assert answered.status_code == 422
    assert "each side must have at least 64" in answered.json()["errors"]["__all__"][0]


def test_one_that_takes_too_long_ends(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "LONGEST", 0.1)
    answered = client.post("/make/stripes/", {"steps": "1000"}, headers=JSON)

    assert answered.status_code == 503
    assert "to queue it" in answered.json()["errors"]["__all__"][0]
    assert not Picture.objects.exists()
