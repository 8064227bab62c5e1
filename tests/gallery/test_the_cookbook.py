"""The cookbook shows every preset; each can be painted as it is, or fills the studio."""

from pathlib import Path

import pytest
from django.test import Client

from gallery.models import Picture, Render
from gallery.studio.presets import cookbook
from tests.gallery.starting import use_small_ones

pytestmark = pytest.mark.usefixtures("clean_queue", "db")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cookbook of two."""
    use_small_ones(monkeypatch, tmp_path)


def test_it_shows_every_preset_with_what_it_is_for(client: Client) -> None:
    page = client.get("/cookbook/").content.decode()

    assert all(f'id="{preset.name}"' in page for preset in cookbook().presets)


def test_it_says_what_to_change(client: Client, small: None) -> None:
    page = client.get("/cookbook/").content.decode()

    assert "It rains?" in page
    assert "Take an umbrella." in page


def test_paint_it_paints_by_its_recipe(client: Client, small: None) -> None:
    answer = client.post("/cookbook/", {"preset": "clouds-in-clouds", "paint": "1"})

    row = Render.objects.get()
    assert answer.headers["Location"] == row.get_absolute_url()
    assert (row.recipe.strength, row.recipe.image_size) == (0.8, 64)
    assert row.pair.style.made_by["scale"] == 9


def test_the_studio_is_filled_with_its_pictures_and_its_recipe(client: Client, small: None) -> None:
    page = client.post("/cookbook/", {"preset": "clouds-in-clouds"}, follow=True)

    form = page.context["form"]
    assert form["strength"].value() == 0.8
    assert [slot.chosen.made_by["scale"] for slot in form.picture_slots] == [4, 9]
    assert "<b>It rains?</b> Take an umbrella." in page.content.decode()
    assert not Render.objects.exists()


def test_one_that_needs_a_photo_leads_to_the_studio_and_says_which(client: Client, small: None) -> None:
    page = client.post("/cookbook/", {"preset": "clouds-over-a-photo", "paint": "1"}, follow=True)

    assert [slot.chosen is None for slot in page.context["form"].picture_slots] == [True, False]
    assert "Choose as content a photo of a meadow." in page.content.decode()
    assert not Render.objects.exists()


def test_what_is_not_in_it_is_not_found(client: Client, small: None) -> None:
    assert client.post("/cookbook/", {"preset": "soup"}).status_code == 404
    assert not Picture.objects.exists()


def test_a_link_to_the_studio_with_a_preset_that_is_none_gives_an_empty_studio(client: Client, small: None) -> None:
    page = client.get("/new/", {"preset": "soup"})

    assert page.status_code == 200
    assert page.context["form"]["strength"].value() == 0.5
