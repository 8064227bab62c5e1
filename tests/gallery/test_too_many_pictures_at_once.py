"""Few pictures are made at once in a process; whoever comes too late is told so, and when to try again."""

import threading

import pytest
from django.test import Client

from gallery.models import Picture
from gallery.pictures import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]


@pytest.fixture(params=["waiting", "making"])
def full(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody who may wait waits, or everybody who may make something does so for long."""
    monkeypatch.setattr(making, "PATIENCE", 0.1)
    monkeypatch.setattr(making, "_entered" if request.param == "waiting" else "_places", threading.Semaphore(0))


@pytest.mark.usefixtures("full")
def test_a_preview_says_when_to_try_again(client: Client) -> None:
    response = client.get("/make/stripes.webp?seed=11")

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.content.decode() == "Other pictures are being made just now: try again in a few seconds."


@pytest.mark.usefixtures("full")
def test_the_panel_is_shown_all_the_same(client: Client) -> None:
    assert client.get("/make/stripes/?seed=11").status_code == 200


@pytest.mark.usefixtures("full")
def test_using_one_says_the_same_sentence_and_stores_nothing(client: Client) -> None:
    page = client.post("/make/stripes/", {"seed": "11"})
    answer = client.post("/make/stripes/", {"seed": "11"}, headers={"Accept": "application/json"})

    assert (page.status_code, answer.status_code) == (503, 503)
    assert "try again in a few seconds" in page.content.decode()
    assert answer.json()["errors"]["__all__"] == ["Other pictures are being made just now: try again in a few seconds."]
    assert answer.headers["Retry-After"]
    assert not Picture.objects.exists()


def test_places_are_given_back_even_where_something_goes_wrong(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as context:
        context.setattr(making, "LONGEST", 0.0)
        for seed in range(making.AT_ONCE + making.WAITING + 1):
            assert client.get(f"/make/stripes.webp?steps=5&seed={seed}").status_code == 503

    assert client.get("/make/stripes.webp?seed=11").status_code == 200
