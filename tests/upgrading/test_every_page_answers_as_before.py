"""Every address of everything that is there answers everybody as it did, most of them with 200."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import get_resolver, reverse

from tests.upgrading.installation import Site

pytestmark = [pytest.mark.alone, pytest.mark.slow]

PEOPLE = ("visitor", "alice", "charlie")
MOVED = {"/admin/gallery/machine/": "/admin/gallery/worker/"}  # the old addresses lead to the new ones
Asked = tuple[str, str]  # an address, and who asks


def statuses(site: Site, asked: Iterable[Asked], at_once: int = 8) -> dict[Asked, int]:
    browsers = {person: site.browser_of(person) for person in PEOPLE}
    asked = list(asked)
    with ThreadPoolExecutor(at_once) as threads:
        found = threads.map(lambda each: browsers[each[1]].get(each[0]).status, asked)
        return dict(zip(asked, found, strict=True))


def test_the_addresses_that_were_there_answer_as_they_did(site: Site) -> None:
    before = {
        (address, person): status
        for address, answers in site.installation.about["addresses"].items()
        for person, status in answers.items()
    }
    assert sum(status == 200 for status in before.values()) > 500

    now = statuses(site, ((where_it_is(address), person) for address, person in before))

    found = {(address, person): now[where_it_is(address), person] for address, person in before}
    assert {each: (before[each], found[each]) for each in before if found[each] != before[each]} == {}


def where_it_is(address: str) -> str:
    """The address, or the one that took its place."""
    for old, new in MOVED.items():
        address = address.replace(old, new)
    return address


def test_addresses_that_moved_lead_to_where_things_are(site: Site) -> None:
    moved = {address for address in site.installation.about["addresses"] if where_it_is(address) != address}
    assert moved
    assert set(statuses(site, ((address, "charlie") for address in moved)).values()) == {302}


def addresses(ids: dict[str, list[str]]) -> Iterator[str]:
    """Those of this revision, for all rows that 7229ad5 has left."""
    for outer in get_resolver().url_patterns:
        for pattern in getattr(outer, "url_patterns", []) if str(outer.pattern) == "" else []:
            parameters = list(pattern.pattern.converters)
            if not parameters:
                yield reverse(pattern.name)
            elif len(parameters) == 1 and parameters[0] in ids:
                yield from (reverse(pattern.name, args=[each]) for each in ids[parameters[0]])


def test_no_other_address_breaks_on_what_was_left(site: Site) -> None:
    about = site.installation.about
    others = set(addresses(about["ids"])) - set(about["addresses"]) - {reverse("health")}

    now = statuses(site, ((address, person) for address in others for person in PEOPLE))
    busy = [each for each, status in now.items() if status == 503]  # files are made two at a time: ask again
    now |= statuses(site, busy, at_once=1)

    assert {each: status for each, status in now.items() if status >= 500} == {}
