"""Queries and time of the gallery's pages with 100,000 renders, on databases made for this."""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.postgres import programs, throwaway_server

RENDERS, RUNS, DEEP = 100_000, 9, 1000
COLUMNS = ("database", "query", "renders", "queries", "page 1, ms", "page", "deep page, ms")


def measured() -> Iterator[dict[str, object]]:
    """Medians of the first page and the thousandth (or the last), on SQLite and, if installed, on PostgreSQL."""
    with contextlib.ExitStack() as stack:
        yield from _in_a_process_of_its_own("SQLite", {})
        folder = programs()
        if folder is not None:
            url = stack.enter_context(throwaway_server(folder))
            yield from _in_a_process_of_its_own("PostgreSQL", {"DATABASE_URL": url})


def _in_a_process_of_its_own(database: str, settings: dict[str, str]) -> Iterator[dict[str, object]]:
    """Runs in its own process, since its settings differ."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "STYLESITE_DATA": data, "DJANGO_SETTINGS_MODULE": "stylesite.settings", **settings}
        words = [sys.executable, "-m", "benchmarks.gallery"]
        found = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in found.splitlines():
        yield dict(zip(COLUMNS, [database, *line.split("\t")], strict=True))


def queries() -> Iterator[dict[str, object]]:
    """The queries: every filter with a common value and a rare one, in every order, and combinations."""
    from gallery.models import Pair, Render, Tag

    newest = Render.objects.order_by("-created")
    common, rare = (Pair.objects.get(renders=newest[place]) for place in (0, 77))
    tag, rare_tag = (Tag.objects.order_by("pk")[place].name for place in (0, 280))
    word = newest.exclude(title="")[0].title.split()[0]
    day = newest[30_000].created.date().isoformat()
    filters: list[dict[str, object]] = [
        {}, {"style": common.style_id}, {"style": rare.style_id}, {"content": common.content_id}, {"tag": tag},
        {"tag": rare_tag}, {"by": "person0"}, {"by": "person390"}, {"only": "mine"}, {"only": "favourites"},
        {"size": "large"}, {"backbone": "vgg19"}, {"within": "week"}, {"until": day}, {"likes": 5}, {"q": word},
        {"q": f"{word} zzzz"}, {"tag": tag, "size": "small", "likes": 2}, {"style": common.style_id, "q": word[:3]},
        {"by": "person0", "backbone": "vgg19", "since": day}, {"only": "mine", "tag": rare_tag, "size": "large"},
    ]  # fmt: skip
    yield from filters
    for sort in ("oldest", "liked", "largest"):
        yield from ({**each, "sort": sort} for each in filters[::3])


def _main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    from benchmarks.many_renders import fill

    setup_test_environment()  # so that responses have their context
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    person = fill(RENDERS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")  # PostgreSQL does this by itself within a minute
    client = Client()
    client.force_login(person)
    for query in queries():
        print("\t".join(_asked(client, query)), flush=True)


def _asked(client: object, query: dict[str, object]) -> Iterator[str]:
    """One row: the query, how many renders it finds, and the queries and median milliseconds of two of its pages."""
    from gallery.browsing.paging import PAGE, cursor_of

    chosen = client.get("/", query, follow=True).context["filter"]  # type: ignore[attr-defined]
    order = chosen.order
    count = chosen.select().count()
    page = max(1, min(DEEP, -(-count // PAGE)))
    yield "&".join(f"{name}={str(value)[:12]}" for name, value in query.items()) or "(all)"
    yield str(count)
    asked, milliseconds = _timed(client, f"/{chosen.query()}")
    yield str(asked)
    yield f"{milliseconds:.0f}"
    yield str(page)
    after = ""
    if page > 1:
        after = cursor_of(chosen.select().order_by(*order.by()).values_list(*order.fields)[PAGE * (page - 1) - 1])
    yield f"{_timed(client, f'/{chosen.query(after=after)}')[1]:.0f}"


def _timed(client: object, address: str) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        response = client.get(address)  # type: ignore[attr-defined]
        times.append(1000 * (time.perf_counter() - began))
        if response.status_code != 200:
            raise AssertionError(f"{address}: {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)  # type: ignore[attr-defined]
    return len(captured), statistics.median(times)


if __name__ == "__main__":
    _main()
