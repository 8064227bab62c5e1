"""What test_postgresql.py runs in a process of its own, whose DATABASE_URL names a PostgreSQL database.

Two connections at once, where the second has to wait for the first: at READ COMMITTED it then finds the row as the
first has left it.
"""

import threading
import time
from collections.abc import Callable

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from gallery.accounts.person import Person  # noqa: E402
from gallery.models import Lease, Picture, Render, Status  # noqa: E402
from gallery.painting import claiming  # noqa: E402
from gallery.queueing import queue  # noqa: E402
from gallery.queueing.deletion import delete_picture, delete_render  # noqa: E402
from gallery.queueing.order import Order  # noqa: E402
from tests.gallery.postgres_walk import make  # noqa: E402


def claimed() -> Render:
    """The only render, which a worker has just claimed."""
    Render.objects.all().delete()
    make(64)
    row = claiming.claim("first")
    assert row is not None
    return row


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> object:
    """Returns the result of `second` on another connection, started while the transaction of `first` is open."""
    found: list[object] = []

    def act() -> None:
        try:
            found.append(second())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=act)
    with transaction.atomic():
        first()
        thread.start()
        wait_until_blocked()
    thread.join(10)
    return found[0]


def wait_until_blocked() -> None:
    """Waits until another connection waits for a lock."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("the second connection did not have to wait")


def heartbeat(row: Render) -> int:
    """1 as long as the attempt holds the row."""
    return Render.objects.held_by_attempt(row).renew_lease(10.0)


def hand_back_and_claim(row: Render) -> None:
    """Another worker takes over the render."""
    assert Render.objects.held_by_attempt(row).let_wait_again()
    assert claiming.claim("second")


def a_heartbeat_during_a_take_over_finds_the_row_lost() -> None:
    row = claimed()
    assert meanwhile(lambda: hand_back_and_claim(row), lambda: heartbeat(row)) == 0
    assert Lease.objects.get().painted_seconds == 0


def an_end_during_a_take_over_changes_nothing() -> None:
    for end in (lambda row: claiming.fail(row, "late"), claiming.hand_back):
        row = claimed()
        meanwhile(lambda row=row: hand_back_and_claim(row), lambda row=row, end=end: end(row))
        found = Render.objects.get()
        assert (found.status, found.worker, found.attempt) == (Status.IN_PROGRESS, "second", 2), found.status


def a_take_over_during_a_heartbeat_counts_its_seconds() -> None:
    row = claimed()
    assert meanwhile(lambda: heartbeat(row), lambda: Render.objects.held_by_attempt(row).let_wait_again()) == 1
    assert Render.objects.get().painted_seconds == 10
    assert not Lease.objects.exists()


def a_cancellation_during_another_one_changes_nothing() -> None:
    row = claimed()
    assert meanwhile(lambda: queue.cancel(row), lambda: queue.cancel(row)) is False


def a_deletion_waits_for_whoever_holds_the_row() -> None:
    for first in (queue.cancel, lambda row: Render.objects.held_by_attempt(row).end(Status.COMPLETED)):
        row = claimed()
        assert meanwhile(lambda row=row, first=first: first(row), lambda row=row: delete_render(row)) is None
        assert not Render.objects.exists()
    Render.objects.all().delete()
    waiting = make(64)
    assert meanwhile(lambda: claiming.claim("first"), lambda: delete_render(waiting)) is None
    assert not Lease.objects.exists()


def an_end_during_a_deletion_changes_nothing() -> None:
    row = claimed()
    assert meanwhile(lambda: delete_render(Render.objects.get()), lambda: claiming.fail(row, "late")) is None
    assert not Render.objects.exists()


def a_deletion_of_a_picture_during_a_submission_finds_the_new_render() -> None:
    order, picture, staff = something_to_ask_for()
    found = meanwhile(lambda: queue.submit(order, staff), lambda: delete_picture(staff, picture))
    assert found is None, found
    assert not Render.objects.exists()
    assert not Picture.objects.filter(pk=picture.pk).exists()


def a_submission_during_the_deletion_of_its_picture_is_told_so() -> None:
    order, picture, staff = something_to_ask_for()
    found = meanwhile(lambda: delete_picture(staff, picture), lambda: queue.submit(order, staff))
    assert isinstance(found, queue.Gone), found
    assert not Render.objects.exists()


def something_to_ask_for() -> tuple[Order, Picture, Person]:
    """An order, its content, and somebody who may delete that."""
    Render.objects.all().delete()
    staff, _ = User.objects.get_or_create(username="charlie", is_staff=True)
    order = Order.of(make(64))
    return order, order.content, Person(user=staff)


def a_heartbeat_leaves_every_index_alone() -> None:
    row = claimed()
    with transaction.atomic():
        before = {table: updates(table) for table in ("gallery_lease", "gallery_render")}
        for _ in range(5):
            heartbeat(row)
        after = {table: updates(table) for table in before}
    assert [after["gallery_lease"][kind] - before["gallery_lease"][kind] for kind in (0, 1)] == [5, 5]
    assert after["gallery_render"] == before["gallery_render"]


def updates(table: str) -> tuple[int, int]:
    """This connection's recent updates: all of them, and those that wrote to no index."""
    counters = "pg_stat_get_xact_tuples_updated", "pg_stat_get_xact_tuples_hot_updated"
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"{name}(%s::regclass)" for name in counters), [table, table])
        found = cursor.fetchone()
    return found[0], found[1]


def main() -> None:
    """Runs all of the above."""
    call_command("migrate", verbosity=0)
    a_heartbeat_during_a_take_over_finds_the_row_lost()
    an_end_during_a_take_over_changes_nothing()
    a_take_over_during_a_heartbeat_counts_its_seconds()
    a_cancellation_during_another_one_changes_nothing()
    a_deletion_waits_for_whoever_holds_the_row()
    an_end_during_a_deletion_changes_nothing()
    a_heartbeat_leaves_every_index_alone()


if __name__ == "__main__":
    main()
