"""Without scripts a place's "Make" leads to a page, and "Use it" leads back with the other places as they were."""

import html
import re

import pytest
from django.test import Client

from gallery.models import Picture
from tests.gallery.test_the_studio_offers_every_parameter import Controls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]


def make_link(page: str, role: str) -> str:
    """The address of "Make" in a place."""
    found = re.search(rf'href="([^"]+)" aria-label="{role}: create one"', page)
    assert found
    return html.unescape(found[1])


def test_from_the_content_to_the_page_and_back_with_the_style_kept(client: Client) -> None:
    client.post("/make/stripes/", {"seed": "1", "image_size": "96"})
    style = Picture.objects.get()
    studio = client.get(f"/new/?style={style.pk}&styles=2").content.decode()

    page = client.get(make_link(studio, "Content") + "&generator=stripes", follow=True).content.decode()
    hidden = {name: Controls(page).found[name]["value"] for name in ("slot", "back")}
    back = client.post("/make/stripes/", {**hidden, "seed": "2", "image_size": "96"}, follow=True)

    made = Picture.objects.exclude(pk=style.pk).get()
    shown = Controls(back.content.decode()).found
    assert back.redirect_chain[-1][0].startswith("/new/?")
    assert shown["content_id"]["value"] == str(made.pk)
    assert shown["style_id"]["value"] == str(style.pk)
    assert "style_2" in shown


def test_the_preview_is_a_picture_on_the_page_with_its_facts(client: Client) -> None:
    page = client.get("/make/stripes/?seed=3&wide=0.25").content.decode()

    assert 'src="/make/stripes.webp?version=2&amp;seed=3&amp;wide=0.25"' in page
    assert "25% land" in page
    assert "</i>water" in page


def test_show_leads_to_the_address_of_these_values(client: Client) -> None:
    fields = {"seed": "3", "wide": "0.25", "wet": ["", "on"], "slot": "style", "back": "content=x", "show": "1"}
    response = client.post("/make/stripes/", fields)

    assert response.headers["Location"] == "/make/stripes/?version=2&seed=3&wide=0.25&slot=style&back=content%3Dx"
    assert not Picture.objects.exists()


def test_another_seed_is_a_link_that_keeps_the_rest(client: Client) -> None:
    page = client.get("/make/stripes/?seed=3&wide=0.25&slot=style").content.decode()
    found = re.search(r'class="button dice" href="([^"]+)"', page)

    assert found
    assert re.fullmatch(r"\?version=2&amp;seed=\d+&amp;wide=0.25&amp;slot=style", found[1])


def test_opened_by_itself_it_offers_both_places(client: Client) -> None:
    assert 'name="slot" value="style">Use as style' in client.get("/make/stripes/").content.decode()
    response = client.post("/make/stripes/", {"image_size": "96", "slot": ["", "style"]})

    assert response.headers["Location"] == f"/new/?style={Picture.objects.get().pk}"


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example", "a=b\r\nX: y", "%"])
def test_the_way_back_never_leads_elsewhere(back: str, client: Client) -> None:
    response = client.post("/make/stripes/", {"image_size": "96", "slot": "content", "back": back})

    assert response.headers["Location"].startswith("/new/?")
    assert "\n" not in response.headers["Location"]
