"""What revision 7229ad5 has left, in each of the ways in which it is looked at here."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import keep_plausible_speeds
from tests.upgrading.installation import Installation, Site, up, web

LONGER_THAN_A_LEASE = timedelta(minutes=5)


@pytest.fixture(scope="package")
def left(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """As it was left, a moment ago."""
    return Installation.unpacked(tmp_path_factory.mktemp("left"))


@pytest.fixture(scope="package")
def migrated(left: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Migrated, and used by nobody."""
    installation = left.copied(tmp_path_factory.mktemp("migrated"))
    installation.manage("migrate")
    return installation


@pytest.fixture(scope="package")
def site(migrated: Installation, redis_server: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site to look at, where nobody paints."""
    with web(migrated.copied(tmp_path_factory.mktemp("site")), settings.REDIS_URL) as running:
        yield running


@pytest.fixture
def own_site(migrated: Installation, redis_server: object, tmp_path: Path) -> Iterator[Site]:
    """One for a single test, to change."""
    with web(migrated.copied(tmp_path), settings.REDIS_URL) as running:
        yield running


@pytest.fixture(scope="package")
def running(device: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """All of it, with a worker, started by `up` once the lease of what was being painted had run out."""
    keep_plausible_speeds(re.sub(r"\d+ threads", "1 threads", device))
    with up(Installation.unpacked(tmp_path_factory.mktemp("running"), LONGER_THAN_A_LEASE)) as site:
        yield site
