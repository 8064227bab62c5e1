"""A render whose picture is gone fails with a reason; one deleted while it is painted just stops."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render, Status
from gallery.processes.parts import Part


def test_faults_and_deletions_leave_the_worker_working(
    worker: Part,
    alice: User,
    alices_browser: Client,
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    stored_files: Callable[[], set[str]],
    wait_for_preview: Callable[..., None],
) -> None:
    long = make_render(alice, image_size=181, num_iterations=2000)
    wait_for_preview(long.id)
    broken = make_render(alice, seed=1)
    lost = broken.pair.content.file.name
    files = stored_files()

    broken.pair.content.file.storage.delete(lost)
    assert alices_browser.post(f"/renders/{long.id}/delete/").status_code == 302

    row = wait_for(broken.id, "failed", "completed")
    assert row.status == Status.FAILED
    assert row.error.endswith(".")
    page = alices_browser.get(f"/renders/{broken.id}/").content.decode()
    assert "This render failed." in page
    assert "Traceback" not in page
    assert "/" + lost.rsplit("/", 1)[1] not in row.error
    assert not Render.objects.filter(pk=long.pk).exists()
    assert stored_files() == files - {lost}
    assert worker.is_running
