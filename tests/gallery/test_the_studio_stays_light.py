"""The studio's own scripts and styles stay small; what makes pictures is loaded when somebody asks for it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
LOADED = re.compile(r'<(?:script[^>]*src|link rel="stylesheet" href)="/static/([^"]+)"')
IMPORTED = re.compile(r'^import .* from "\./([^"]+)";', re.MULTILINE)
MOST = 60_000  # bytes


def files(page: str) -> Iterator[Path]:
    """The project's files that a page loads, and what these import."""
    for name in LOADED.findall(page):
        if not name.startswith("django_htmx/"):
            path = Path(settings.STATIC_ROOT) / name
            yield path
            yield from (path.parent / imported for imported in IMPORTED.findall(path.read_text()))


def test_all_that_it_loads_is_below_the_limit(client: Client) -> None:
    found = set(files(client.get("/new/").content.decode()))

    assert len(found) > 10
    assert sum(path.stat().st_size for path in found) < MOST


def test_the_panel_is_not_loaded_before_it_is_opened(client: Client) -> None:
    loaded = " ".join(LOADED.findall(client.get("/new/").content.decode()))

    assert "studio/slots" in loaded
    assert "make" not in loaded
    assert "earth" not in loaded
