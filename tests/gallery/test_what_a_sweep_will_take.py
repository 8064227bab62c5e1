"""Before a sweep starts, the page says how many renders it is, how long they take, and when the first starts."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from gallery.models import Picture, Render, Worker

Tell = Callable[..., str]


@pytest.fixture
def tell(client: Client, db: None, clean_queue: object) -> Tell:
    """What the plan of a sweep says, in words alone."""

    def post(**fields: object) -> str:
        page = client.post("/sweeps/plan/", {"axis_1": "strength", **fields}).content.decode()
        return " ".join(re.sub(r"<[^>]+>", "", page).split())

    return post


@pytest.fixture
def pair(make_picture: Callable[..., Picture]) -> dict[str, str]:
    """A content and a style in the studio's slots."""
    return {"content_id": str(make_picture(seed=1).pk), "style_id": str(make_picture(seed=2).pk)}


def test_previews_their_time_their_memory_and_when_they_start(
    tell: Tell, pair: dict[str, str], make_worker: Callable[..., Worker]
) -> None:
    make_worker()

    said = tell(values_1="0, 0.5, 1", **pair)

    assert said.startswith("3 previews at 256 px: about ")
    assert "GiB" in said
    assert "The first starts at once." in said


def test_a_full_size_sweep_takes_longer_than_previews(
    tell: Tell, pair: dict[str, str], make_worker: Callable[..., Worker]
) -> None:
    make_worker()

    said = tell(values_1="0, 1", sweep_at="chosen", image_size="1024", **pair)

    assert said.startswith("2 renders at 1024 px: about ")
    assert "min" in said


def test_files_that_the_browser_still_has_count_by_their_sizes(tell: Tell, pair: dict[str, str]) -> None:
    sizes = ["640x480", "800x600", "300x900"]
    fields = {"axis_1": "content", "pictures_1_size": sizes, "axis_2": "strength", "values_2": "0, 1"}

    assert tell(**fields, **pair).startswith("8 previews at 256 px")
    assert tell(**fields, style_id=pair["style_id"]).startswith("6 previews")


def test_a_clip_counts_with_its_frames_whether_it_is_here_or_in_the_browser(
    tell: Tell, make_picture: Callable[..., Picture], make_worker: Callable[..., Worker]
) -> None:
    make_worker()
    clip = make_picture(seed=1)
    Picture.objects.filter(pk=clip.pk).update(film_frames=48, film_seconds=2.0)
    film = {"kind": "film", "values_1": "0, 1", "style_id": str(make_picture(seed=2).pk)}

    assert tell(content_id=str(clip.pk), **film).startswith("2 previews at 256 px: about ")
    assert tell(content_size="640x360", content_seconds="4", **film).startswith("2 previews at 256 px: about ")
    assert "60 s are the most here" in tell(content_size="640x360", content_seconds="400", **film)
    assert tell(content_size="640x360", **film).startswith("2 renders")


def test_without_pictures_it_counts(tell: Tell) -> None:
    assert tell(values_1="0, 1") == "2 renders, once the pictures above are chosen."


def test_what_is_impossible_is_said(tell: Tell, pair: dict[str, str]) -> None:
    assert "1.5" in tell(values_1="0, 1.5", **pair)


def test_it_stands_behind_the_renders_of_the_same_person(
    tell: Tell, pair: dict[str, str], make_worker: Callable[..., Worker], make_render: Callable[..., Render]
) -> None:
    make_worker()
    make_render(image_size=256)

    assert re.search(r"The first starts in about \d+ s", tell(values_1="0, 1", **pair))


def test_the_sheet_says_when_it_starts(
    client: Client, make_worker: Callable[..., Worker], make_render: Callable[..., Render]
) -> None:
    make_worker()
    make_render(image_size=512, visitor="v")
    fields = {"axis_1": "strength", "values_1": "0, 1", "from": str(make_render(image_size=512, visitor="v").pk)}
    page = client.post("/sweeps/new/", fields, follow=True).content.decode()

    assert re.search(r"0 of 2 painted, about .* left, starts in about", page)
    assert "starts in about" in client.get("/sweeps/").content.decode()
