"""What is larger than the web process may make is a render of its kind, and may be chosen when it is finished."""

import pytest
from django.test import Client

from gallery.models import Picture, Render
from gallery.painting.claiming import work_on_next
from tests.gallery.made import StripesRecipe, made_to_the_end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_queue", "stripes")]
JSON = {"Accept": "application/json"}


def test_it_is_submitted_with_the_same_recipe_and_led_to(client: Client) -> None:
    response = client.post("/make/stripes/", {"seed": "5", "wet": "on", "image_size": "1024"})
    render = Render.objects.get()

    assert response.headers["Location"] == render.get_absolute_url()
    assert render.recipe == StripesRecipe(seed=5, image_size=1024)
    assert made_to_the_end == []


def test_the_same_may_be_asked_for_at_a_larger_size(client: Client) -> None:
    response = client.post("/make/stripes/", {"seed": "5", "image_size": "256", "at": "4096"}, headers=JSON)
    render = Render.objects.get()

    assert response.status_code == 202
    assert response.json()["render"] == render.get_absolute_url()
    assert client.get(response.json()["status"]).status_code == 200
    assert (render.recipe.seed, render.recipe.image_size) == (5, 4096)
    assert not Picture.objects.exists()


def test_when_it_is_finished_it_can_be_chosen_and_varied(client: Client) -> None:
    client.post("/make/stripes/", {"seed": "5", "wet": "on", "image_size": "640"})
    work_on_next()
    render = Render.objects.get()

    assert f'name="content_id" value="{render.pk}"' in client.get(f"/new/?content={render.pk}").content.decode()
    page = client.get(render.get_absolute_url()).content.decode()
    assert '<a href="/make/stripes/?version=2&amp;image_size=640&amp;seed=5">Change its settings</a>' in page


def test_one_larger_than_the_recipe_allows_is_refused(client: Client) -> None:
    response = client.post("/make/stripes/", {"at": str(10**6)}, headers=JSON)

    assert response.status_code == 422
    assert response.json()["errors"].keys() == {"image_size"}
    assert not Render.objects.exists()
