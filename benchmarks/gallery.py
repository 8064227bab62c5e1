"""Queries and time of the gallery's pages with 1,000 renders, on an SQLite file of its own."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

RENDERS, PAGES = 1000, 10


def measured() -> Iterator[dict[str, object]]:
    """The first ten pages, each asked for five times. In a process of its own, whose settings point elsewhere."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "STYLESITE_DATA": data, "DJANGO_SETTINGS_MODULE": "stylesite.settings"}
        words = [sys.executable, "-m", "benchmarks.gallery"]
        found = subprocess.run(words, env=environment, check=True, capture_output=True, text=True).stdout
    for line in found.splitlines():
        page, queries, milliseconds = line.split()
        yield {"page": page, "queries": queries, "median ms": milliseconds}


def _fill() -> None:
    from gallery.models import Pair, Picture, Render
    from transfer.recipe import Recipe

    pictures = [
        Picture(sha256=f"{index:064x}", file=f"p/{index}.png", width=640, height=480, thumbnail=f"t/{index}.webp",
                thumbnail_width=640, thumbnail_height=480, placeholder="data:image/webp;base64,")
        for index in range(200)
    ]  # fmt: skip
    Picture.objects.bulk_create(pictures)
    pairs = [Pair(content=content, style=style) for content, style in zip(pictures[::2], pictures[1::2], strict=True)]
    Pair.objects.bulk_create(pairs)
    recipe = Recipe().model_dump(mode="json")
    Render.objects.bulk_create(
        Render(pair=pairs[index % len(pairs)], recipe_json=recipe, status="completed", output=f"r/{index}.png",
               output_sha256=f"{index:064x}", width=512, height=384, thumbnail=f"r/{index}.webp", thumbnail_width=512,
               thumbnail_height=384, placeholder="data:image/webp;base64,")
        for index in range(RENDERS)
    )  # fmt: skip


def _main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    setup_test_environment()  # so that responses carry their context
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    _fill()
    client, address = Client(), "/"
    client.get("/new/")
    for page in range(1, PAGES + 1):
        times = []
        for _ in range(5):
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            times.append(1000 * (time.perf_counter() - began))
        print(page, len(queries), f"{statistics.median(times):.1f}")
        address = "/?after=" + response.context["page"].next.replace("+", "%2B")


if __name__ == "__main__":
    _main()
