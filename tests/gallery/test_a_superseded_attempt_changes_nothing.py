"""An attempt that lost its row cannot publish, fail or hand back, and leaves no file behind."""

from collections.abc import Callable

import pytest
from django.db.models import F

from gallery.models import Render, Status
from gallery.painting.claiming import claim, fail, hand_back, publish, see_through
from gallery.painting.paint import Painted
from gallery.queueing import queue
from tests.pictures import painting
from tests.provenance import made_up
from transfer.metadata import encode

Make = Callable[..., Render]


@pytest.fixture
def waiting(make_finished: Make) -> Render:
    """A waiting render."""
    return make_finished(status=Status.PENDING, output="", output_sha256="", thumbnail="", width=0, height=0)


@pytest.fixture
def claimed(waiting: Render) -> Render:
    """The row as its first attempt holds it."""
    return claim("first")


@pytest.fixture
def painted(claimed: Render) -> Painted:
    """What the first attempt would publish; drawn, since painting takes longer."""
    picture = painting((64, 53), seed=77)
    provenance = made_up(recipe=claimed.recipe, width=64, height=53)
    return Painted(picture, encode(picture, provenance), provenance)


def supersede(row: Render) -> None:
    """Somebody else claims the row."""
    Render.objects.filter(pk=row.pk).update(attempt=F("attempt") + 1, worker="second")


def cancel(row: Render) -> None:
    """Somebody cancels the render."""
    assert queue.cancel(row)


def delete(row: Render) -> None:
    """Somebody deletes the render."""
    Render.objects.filter(pk=row.pk).delete()


def as_stored(row: Render) -> dict | None:
    """All columns of the row."""
    return Render.objects.filter(pk=row.pk).values().first()


@pytest.mark.parametrize("lose", [supersede, cancel, delete])
@pytest.mark.usefixtures("clean_queue")
def test_what_a_lost_row_says_stays(
    lose: Callable[[Render], None], claimed: Render, painted: Painted, stored_files: Callable[[], set[str]]
) -> None:
    lose(claimed)
    before, files = as_stored(claimed), stored_files()

    assert not publish(claimed, painted)
    fail(claimed, "too late")
    hand_back(claimed)

    assert as_stored(claimed) == before
    assert stored_files() == files


@pytest.mark.usefixtures("clean_queue")
def test_an_attempt_that_loses_its_row_stops_painting(claimed: Render, stored_files: Callable[[], set[str]]) -> None:
    supersede(claimed)
    before, files = as_stored(claimed), stored_files()

    see_through(claimed)

    assert as_stored(claimed) == before
    assert stored_files() == files


@pytest.mark.usefixtures("clean_queue")
def test_files_that_the_other_attempt_published_stay(
    claimed: Render, painted: Painted, stored_files: Callable[[], set[str]]
) -> None:
    supersede(claimed)
    second = Render.objects.get(pk=claimed.pk)
    assert publish(second, painted)
    files = stored_files()

    assert not publish(claimed, painted)

    assert stored_files() == files
    assert Render.objects.get(pk=claimed.pk).output.name in files


@pytest.mark.usefixtures("clean_queue")
def test_the_attempt_that_holds_the_row_may_do_all_of_it(claimed: Render) -> None:
    hand_back(claimed)
    assert Render.objects.get().status == Status.PENDING
    again = claim("second")
    assert again.attempt == claimed.attempt + 1

    see_through(again)

    row = Render.objects.get()
    assert (row.status, row.width, row.height) == (Status.COMPLETED, 64, 53)
    assert row.provenance["width"] == 64
