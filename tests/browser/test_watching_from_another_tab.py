"""While somebody looks at another tab, a render's title goes on, and title and a notification tell its end."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from gallery.models import Render, Status
from gallery.queueing import progress
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.browser
PRETEND = """
window.told = [];
window.Notification = class extends EventTarget {
  static permission = "default";
  static requestPermission = async () => (Notification.permission = "granted");
  constructor(title, { body }) {
    super();
    window.told.push(`${title} ${body}`);
  }
};
window.looks = true;
Object.defineProperty(document, "hidden", { get: () => !window.looks });
window.look = (at) => ((window.looks = at), document.dispatchEvent(new Event("visibilitychange")));
"""


def test_the_title_goes_on_and_the_end_is_told(
    site_without_worker: str, open_page: Callable[..., Page], make_finished: Callable[..., Render], clean_queue: Redis
) -> None:
    render = make_finished(status=Status.IN_PROGRESS)
    page = open_page()
    page.add_init_script(PRETEND)
    page.goto(f"{site_without_worker}/renders/{render.id}/")
    button = page.get_by_role("button", name="Tell me when it is done")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")

    page.evaluate("look(false)")
    state = progress.Progress(0.62, 256, 3, 1, 12, 60, 0.3, {"total": 0.3}, 65.0, 1)
    progress.publish(render.pk, state, as_bytes(painting((64, 48)), "JPEG"))
    expect(page).to_have_title("62% · House × Strokes · Stylesite")
    assert not page.locator("img[src*='frame.jpg']").count()
    Render.objects.update(status=Status.COMPLETED)
    expect(page).to_have_title("Done · House × Strokes · Stylesite")
    assert page.evaluate("told") == ["Done: House × Strokes Open it to see the picture."]

    page.evaluate("look(true)")
    expect(page.get_by_role("link", name="Download PNG")).to_be_visible()
