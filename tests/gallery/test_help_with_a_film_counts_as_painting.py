"""What helpers spend on a film counts as painted, whether or not its maker still holds it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gallery.models import Lease, Render, Status
from gallery.painting import helping
from gallery.painting.local import Local
from gallery.painting.sharing import SharedDesk
from transfer.film import segments
from transfer.film.shots import Shot

SECONDS = 0.2


@pytest.fixture
def film(make_render: Callable[..., Render], monkeypatch: pytest.MonkeyPatch) -> Render:
    """One that somebody else makes, with a segment to help with, which takes a while."""
    row = make_render()
    Render.objects.filter(pk=row.pk).update(status=Status.IN_PROGRESS, worker="elsewhere")
    Lease.objects.give(row.pk)
    SharedDesk(row, Local()).lay_out([segments.Segment(0, 0, 3, Shot(0, 3))])

    class Film:
        desk: Any = None

        def help(self, memory: int) -> Iterator[None]:
            self.desk.take()
            time.sleep(SECONDS)
            yield

    monkeypatch.setattr(helping, "film_of", lambda row, local: Film())
    return row


def painted(film: Render) -> float:
    return Render.objects.get(pk=film.pk).painted_seconds


def test_it_counts_while_the_film_is_made(film: Render) -> None:
    helping.help_with_films("a helper")
    assert SECONDS <= painted(film) < SECONDS + 5


def test_it_counts_beside_what_its_maker_has_spent(film: Render) -> None:
    helping.help_with_films("a helper")
    Render.objects.held_by_attempt(film).renew_lease(10)
    film.refresh_from_db()
    Render.objects.held_by_attempt(film).end(Status.COMPLETED)
    assert 10 + SECONDS <= painted(film) < 15
