"""A recipe of the cookbook may be of any kind of work: it is shown with its kind, painted, and taken to the studio."""

from pathlib import Path

import pytest
from django.test import Client

from gallery.models import Render
from gallery.views.studio.starters import to_cook
from tests.gallery.starting import PRESETS, use_small_ones
from transfer.inputs import Role

pytestmark = pytest.mark.usefixtures("clean_queue", "db")
DREAM = """
title = "Clouds that dream"
purpose = "Shapes in clouds, as a child sees them."
place = 2000
[content]
title = "Soft clouds"
kind = "clouds"
image_size = 96
[guide]
title = "Rough clouds"
kind = "clouds"
image_size = 96
scale = 9
[recipe]
kind = "dream"
image_size = 64
octave_iter = 3
"""


@pytest.fixture(autouse=True)
def _small_ones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(PRESETS, "clouds-that-dream", DREAM)
    use_small_ones(monkeypatch, tmp_path)


def test_each_kind_has_a_section_with_what_it_is_for(client: Client) -> None:
    page = client.get("/cookbook/").content.decode()

    assert page.index('id="of-style"') < page.index("Clouds over a photo") < page.index('id="of-dream"')
    assert page.index('id="of-dream"') < page.index("Bring out what a network") < page.index("Clouds that dream")


def test_it_is_painted_as_it_is(client: Client) -> None:
    answer = client.post("/cookbook/", {"preset": "clouds-that-dream", "paint": "1"})

    row = Render.objects.get()
    assert answer.headers["Location"] == row.get_absolute_url()
    assert (row.kind.name, row.recipe.octave_iter) == ("dream", 3)
    assert {each.role for each in row.inputs.all()} == {Role.CONTENT, Role.GUIDE}


def test_it_fills_the_studio_of_its_kind(client: Client) -> None:
    form = client.post("/cookbook/", {"preset": "clouds-that-dream"}, follow=True).context["form"]

    assert (form.kind.name, form["octave_iter"].value()) == ("dream", 3)
    assert [slot.chosen.made_by["scale"] for slot in form.picture_slots] == [4, 9]


def test_the_first_page_has_one_of_each_kind_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [preset.kind.name for preset in to_cook()] == ["style", "dream", "style"]


def test_a_dream_is_called_a_dream(client: Client) -> None:
    client.post("/cookbook/", {"preset": "clouds-that-dream", "paint": "1"})

    assert Render.objects.get().name == "A dream of Soft clouds"
    assert "A dream of Soft clouds" in client.get("/queue/").content.decode()
