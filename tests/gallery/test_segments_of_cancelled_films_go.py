"""What was painted of a film goes when the film is cancelled, and stays while it may be tried again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gallery.models import Render, Segment, Status
from gallery.painting.local import Local
from gallery.painting.sharing import SharedDesk
from gallery.queueing import queue
from gallery.queueing.reconcile import reconcile
from transfer.film import segments
from transfer.film.shots import Shot


@pytest.fixture
def film(make_render: Callable[..., Render], tmp_path: Path) -> Render:
    """One of two segments, the first of which is painted."""
    row, painted = make_render(), tmp_path / "segment.mp4"
    desk = SharedDesk(row, Local())
    desk.lay_out([segments.Segment(number, 4 * number, 4 * number + 3, Shot(0, 7)) for number in range(2)])
    desk.take()
    painted.write_bytes(b"painted")
    desk.put(painted)
    return row


def of_segments(stored_files: Callable[[], set[str]]) -> list[str]:
    return [name for name in stored_files() if name.startswith("segments/")]


@pytest.mark.django_db(transaction=True)
def test_it_goes_with_its_file_when_the_film_is_cancelled(film: Render, stored_files: Callable[[], set[str]]) -> None:
    assert len(of_segments(stored_files)) == 1
    assert queue.cancel(film)
    assert not Segment.objects.exists()
    assert not of_segments(stored_files)


@pytest.mark.django_db(transaction=True)
def test_it_goes_when_all_that_wait_are_cancelled(film: Render, stored_files: Callable[[], set[str]]) -> None:
    assert queue.cancel_all(Render.objects.all()) == 1
    assert not Segment.objects.exists()
    assert not of_segments(stored_files)


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_lays_out_too_late_goes_soon(film: Render) -> None:
    queue.cancel(film)
    SharedDesk(film, Local()).lay_out([segments.Segment(0, 0, 3, Shot(0, 3))])
    reconcile("a worker")
    assert not Segment.objects.exists()


def test_it_stays_when_the_film_fails(film: Render) -> None:
    Render.objects.filter(pk=film.pk).end(Status.FAILED, error="The clip is gone.")
    queue.cancel(film)
    assert Segment.objects.painted().count() == 1
