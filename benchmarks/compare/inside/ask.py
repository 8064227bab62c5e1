"""`FILE RUNS`: asks for the pages that `fill.py` printed, and prints the median milliseconds of each."""

import json
import statistics
import sys
import time
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.test import Client


def main() -> None:
    """Asks for every page once more than it times it: the first request warms what is warm at a running site."""
    django.setup()
    noted, runs = json.loads(Path(sys.argv[1]).read_text()), int(sys.argv[2])
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(pk=noted["person"]))
    found = {
        query: [statistics.median([_milliseconds(client, address) for _ in range(1 + runs)][1:]) for address in pages]
        for query, pages in noted["pages"].items()
    }
    json.dump(found, sys.stdout)


def _milliseconds(client: Client, address: str) -> float:
    began = time.perf_counter()
    response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address}: {response.status_code}")
    return 1000 * (time.perf_counter() - began)


main()
