"""People can keep what a render shows: its worker stops and publishes the picture of the last whole step."""

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client
from PIL import Image

from gallery.models import Render, Status
from gallery.painting import paint
from gallery.painting.claiming import claim, publish, see_through
from gallery.painting.following import Stopped
from gallery.painting.heartbeat import Reason
from gallery.processes.parts import Part
from gallery.queueing import progress, queue
from gallery.queueing.progress import Progress
from tests.pictures import as_bytes, painting
from transfer.metadata import decode

Make = Callable[..., Render]
HALFWAY = Progress(
    fraction=0.5, rung=128, rungs=1, rung_index=0, iteration=5, iterations=10, loss=1.0, losses={"total": 1.0},
    eta_seconds=None, frame=1,
)  # fmt: skip


def show_something(render: Render) -> None:
    progress.publish(render.pk, HALFWAY, as_bytes(painting((64, 48)), "JPEG"))


def stop_at(number: int, reason: str) -> Callable[[], str | None]:
    """Gives a reason to stop from the check after step `number` on."""
    looks = iter(range(1, 10_000))
    return lambda: reason if next(looks) >= number else None


def test_a_worker_that_paints_it_publishes_what_there_is(
    worker: Part,
    client: Client,
    alice: User,
    alices_browser: Client,
    make_render: Make,
    wait_for: Callable[..., Render],
    wait_for_preview: Callable[..., None],
) -> None:
    render = make_render(alice, image_size=256, num_iterations=2000)
    wait_for_preview(render.id)

    assert alices_browser.post(f"/renders/{render.id}/keep/").headers["Location"] == f"/renders/{render.id}/"

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt, row.crashes) == (Status.COMPLETED, 1, 0)
    assert max(row.width, row.height) == 128
    (note,) = row.notes
    assert note.startswith("Stopped early, at step ")
    assert note.endswith(" of 2000 at 128 px, on the way to 256 px.")
    with Image.open(io.BytesIO(b"".join(client.get(row.output.url).streaming_content))) as image:
        found = decode(image)
        assert found is not None
        assert found.kept is not None
        assert image.size == (found.width, found.height) == (row.width, row.height)
        assert (found.kept.long_side, found.kept.iterations, found.recipe.image_size) == (128, 2000, 256)
        assert f"Kept: iteration {found.kept.iteration} of 2000 at 128 px" in image.info["parameters"]
    assert note in client.get(f"/renders/{render.id}/").content.decode()


@pytest.mark.usefixtures("clean_queue")
def test_the_picture_is_that_of_the_last_whole_step(make_render: Make) -> None:
    make_render(image_size=181, num_iterations=6)
    row = claim("one")

    painted = paint.paint(row, stop_at(8, Reason.KEPT))

    assert painted.picture.size == (181, 151)
    assert painted.provenance.kept is not None
    assert painted.provenance.kept.model_dump() == {"long_side": 181, "iteration": 2, "iterations": 6}
    assert painted.notes == ("Stopped early, at step 2 of 6 at full size.",)
    assert [max(frame.width, frame.height) for frame in painted.frames] == [128, 181]


@pytest.mark.usefixtures("clean_queue")
def test_one_that_is_complete_by_then_is_an_ordinary_one(make_render: Make) -> None:
    make_render(image_size=128, num_iterations=4)

    painted = paint.paint(claim("one"), stop_at(4, Reason.KEPT))

    assert (painted.provenance.kept, painted.notes) == (None, ())


@pytest.mark.usefixtures("clean_queue")
@pytest.mark.parametrize(
    ("stopped_after", "size", "iteration"), [(3, 128, 4), (6, 128, 6), (8, 181, 3)], ids=["within", "end", "above"]
)
def test_a_paused_one_is_published_from_where_it_stands(
    stopped_after: int, size: int, iteration: int, make_render: Make
) -> None:
    render = make_render(image_size=256, num_iterations=6)
    with pytest.raises(Stopped):
        paint.paint(claim("one"), stop_at(stopped_after, Reason.PAUSED))
    Render.objects.running().let_wait_again(paused=True, painted_seconds=1.0)

    assert queue.keep(Render.objects.get())
    see_through(claim("two"))

    row = Render.objects.get(pk=render.pk)
    assert (row.status, row.paused, max(row.width, row.height)) == (Status.COMPLETED, False, size)
    assert row.provenance["kept"] == {"long_side": size, "iteration": iteration, "iterations": 6}
    assert [max(frame.width, frame.height) for frame in row.frames.all()] == [128, 181][: 1 + (size > 128)]


@pytest.mark.usefixtures("clean_queue")
def test_one_whose_checkpoint_is_gone_is_painted_up_to_its_lowest_rung(make_render: Make) -> None:
    make_render(image_size=256, num_iterations=4)
    Render.objects.update(keep=True)

    see_through(claim("one"))

    row = Render.objects.get()
    assert (row.status, row.provenance["kept"]["iteration"]) == (Status.COMPLETED, 4)


@pytest.mark.usefixtures("clean_queue")
def test_before_anything_is_painted_there_is_nothing_to_keep(
    alice: User, alices_browser: Client, make_render: Make
) -> None:
    render = make_render(alice)
    assert "disabled>Stop and keep this" in alices_browser.get(f"/renders/{render.id}/").content.decode()

    page = alices_browser.post(f"/renders/{render.id}/keep/", follow=True).content.decode()

    assert "There is nothing to keep" in page
    assert not Render.objects.get().keep


@pytest.mark.usefixtures("clean_queue")
@pytest.mark.parametrize("status", [Status.COMPLETED, Status.FAILED, Status.CANCELED])
def test_what_is_over_cannot_be_kept(status: str, alice: User, alices_browser: Client, make_finished: Make) -> None:
    render = make_finished(alice, status=status, painted_seconds=5)

    assert (
        "There is nothing to keep" in alices_browser.post(f"/renders/{render.id}/keep/", follow=True).content.decode()
    )
    assert not Render.objects.get().keep


@pytest.mark.usefixtures("clean_queue")
def test_only_owners_and_staff_may(
    bob: User, alices_browser: Client, charlies_browser: Client, client: Client, make_finished: Make
) -> None:
    render = make_finished(bob, status=Status.IN_PROGRESS)
    show_something(render)

    for browser in (alices_browser, client):
        assert browser.post(f"/renders/{render.id}/keep/").status_code == 403
    assert not Render.objects.get().keep

    charlies_browser.post(f"/renders/{render.id}/keep/")
    assert Render.objects.get().keep


@pytest.mark.usefixtures("clean_queue")
def test_trying_again_asks_for_the_whole_picture(make_finished: Make) -> None:
    render = make_finished(status=Status.CANCELED, keep=True)

    queue.retry(render)

    assert not Render.objects.get().keep


@pytest.mark.usefixtures("clean_queue")
@pytest.mark.parametrize("lose", [{"attempt": F("attempt") + 1}, {"status": Status.CANCELED}])
def test_an_attempt_that_lost_the_row_meanwhile_publishes_nothing(
    lose: dict, make_render: Make, stored_files: Callable[[], set[str]]
) -> None:
    make_render(image_size=181, num_iterations=4)
    row = claim("one")
    Render.objects.update(keep=True)
    painted = paint.paint(row, stop_at(2, Reason.KEPT))
    Render.objects.update(**lose)
    before = stored_files()

    assert not publish(row, painted)

    assert stored_files() == before
    assert Render.objects.get().frames.count() == 0
