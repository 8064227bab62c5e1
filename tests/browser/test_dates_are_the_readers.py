"""Dates and times are shown in the reader's own time zone where scripts run, and in the site's where they do not."""

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render

EVENING = datetime.datetime(2026, 11, 5, 20, 15, tzinfo=datetime.UTC)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("options", "day"),
    [
        ({"timezone_id": "Asia/Tokyo"}, "6 November 2026"),
        ({"timezone_id": "Asia/Tokyo", "java_script_enabled": False}, "5 November 2026"),
    ],
)
def test_the_day_of_a_render(
    options: dict[str, object],
    day: str,
    site_without_worker: str,
    open_page: Callable[..., Page],
    make_finished: Callable[..., Render],
) -> None:
    render = make_finished()
    Render.objects.update(created=EVENING)
    page = open_page(**options)

    page.goto(f"{site_without_worker}/renders/{render.id}/")

    expect(page.locator("#about time")).to_have_text(day)
