"""A file that a generator made opens in the panel that makes it, with every field as it was."""

import pytest
from django.test import Client

from tests.gallery.files import upload
from tests.pictures import as_bytes, painting
from tests.provenance import made_up
from transfer.metadata import encode
from transfer.synthesis.recipes.clouds import CloudsRecipe

pytestmark = pytest.mark.django_db


def finished(recipe: CloudsRecipe) -> bytes:
    return encode(painting((64, 64)), made_up(recipe=recipe, height=64, inputs=(), weights_sha256=""))


def test_it_leads_to_the_panel(client: Client) -> None:
    content = finished(CloudsRecipe(seed=3, scale=7, image_size=300))
    response = client.post("/new/recall/", {"finished": upload("clouds.png", content)})

    assert response.headers["Location"] == "/make/clouds/?version=1&image_size=300&seed=3&scale=7"


def test_the_panel_has_these_values(client: Client) -> None:
    content = finished(CloudsRecipe(seed=3, scale=7))
    page = client.post("/new/recall/", {"finished": upload("clouds.png", content)}, follow=True)

    assert (page.context["form"]["seed"].value(), page.context["form"]["scale"].value()) == (3, 7)


def test_a_picture_without_a_recipe_still_says_so(client: Client) -> None:
    response = client.post("/new/recall/", {"finished": upload("clouds.png", as_bytes(painting((64, 64))))})

    assert response.status_code == 422
