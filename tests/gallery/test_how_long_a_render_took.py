"""The page shows the duration of all attempts, not of the last one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gallery.models import Render, Status


@pytest.mark.parametrize(
    ("painted", "words"),
    [
        (200.0, "painted in 3 min 20 s"),
        (240.0, "painted in 4 min,"),
        (7200.0, "painted in 2 h,"),
        (0.0, "painted in 20 s"),
    ],
)
def test_all_attempts_count_where_they_were_counted(
    painted: float, words: str, client: Client, make_finished: Callable[..., Render]
) -> None:
    now = timezone.now()
    render = make_finished(started=now - timedelta(seconds=20), finished=now, painted_seconds=painted)

    assert words in client.get(f"/renders/{render.id}/").content.decode()


def test_the_admin_says_the_same(charlies_browser: Client, make_finished: Callable[..., Render]) -> None:
    make_finished(painted_seconds=200.0)

    assert "3 min 20 s" in charlies_browser.get("/admin/gallery/render/").content.decode()


def test_a_render_that_is_not_over_has_taken_no_time_yet(make_finished: Callable[..., Render]) -> None:
    render = make_finished(status=Status.PENDING, started=None, finished=None, painted_seconds=30.0)

    assert render.seconds is None
