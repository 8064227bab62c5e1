"""A panel gets the preview that it asked for last: an older one ends at its generator's next yield."""

import threading

import pytest
import redis
from django.test import Client

from gallery.pictures import making
from gallery.studio import panels
from tests.gallery.made import StripesRecipe, made_to_the_end

pytestmark = pytest.mark.usefixtures("clean_queue", "stripes")


def test_the_older_one_is_not_made_to_its_end() -> None:
    ended: list[BaseException] = []

    def older() -> None:
        try:
            making.preview(StripesRecipe(seed=1, steps=1000), panels.waiting("abcdef01 1"))
        except making.NotMade as error:
            ended.append(error)

    thread = threading.Thread(target=older)
    thread.start()
    newer = making.preview(StripesRecipe(seed=2), panels.waiting("abcdef01 2"))
    thread.join(20)

    assert not thread.is_alive()
    assert [type(error) for error in ended] == [making.Superseded]
    assert newer.content
    assert made_to_the_end == [2]


def test_one_that_arrives_after_a_newer_one_is_not_made(client: Client) -> None:
    client.get("/make/stripes.webp?seed=2", headers={"Panel": "abcdef02 9"})
    response = client.get("/make/stripes.webp?seed=1", headers={"Panel": "abcdef02 8"})

    assert response.status_code == 409
    assert response.headers["Cache-Control"] == "no-store"
    assert made_to_the_end == [2]


def test_panels_do_not_disturb_each_other(client: Client) -> None:
    client.get("/make/stripes.webp?seed=2", headers={"Panel": "abcdef03 9"})

    assert client.get("/make/stripes.webp?seed=1", headers={"Panel": "abcdef04 1"}).status_code == 200


@pytest.mark.parametrize("named", ["", "nonsense", "../../etc 1", "abcdef05 -1", f"abcdef05 {10**12}"])
def test_whoever_names_no_panel_gets_the_picture(named: str, client: Client) -> None:
    assert client.get("/make/stripes.webp", headers={"Panel": named}).status_code == 200


def test_without_redis_it_is_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "redis", lambda: redis.Redis(unix_socket_path="/nowhere.sock"))

    assert client.get("/make/stripes.webp", headers={"Panel": "abcdef06 1"}).status_code == 200
