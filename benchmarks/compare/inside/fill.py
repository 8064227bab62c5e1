"""`RENDERS`: fills the database, and prints who asks and the addresses of both pages of each query."""

import json
import sys

import django
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

from benchmarks import gallery


def main() -> None:
    """`_asked` times the first page of a query and a deep one: here we replace the timing."""
    django.setup()
    from benchmarks.many_renders import fill

    setup_test_environment()  # so that responses have their context
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    person = fill(int(sys.argv[1]))
    client = Client()
    client.force_login(person)
    addresses: list[str] = []

    def noted(client: object, address: str) -> tuple[int, float]:
        addresses.append(address)
        return 0, 0.0

    gallery._timed = noted
    pages = {}
    for number, query in enumerate(gallery.queries(), 1):
        addresses.clear()
        list(gallery._asked(client, query))
        pages[f"{number}. {'&'.join(query) or 'everything'}"] = list(addresses)
    json.dump({"person": person.pk, "pages": pages}, sys.stdout)


main()
