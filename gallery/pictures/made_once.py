"""Pictures that the site makes for its own pages, kept beside the database, so that no start of it makes them again."""

import functools
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache

_one_at_a_time = threading.Lock()


def made_once(key: str, make: Callable[[], bytes]) -> bytes:
    """What `make` makes, which is made once for each key, and one at a time in each process."""
    found: bytes | None = _kept().get(key)
    if found is None:
        with _one_at_a_time:
            found = _kept().get(key) or make()
            _kept().set(key, found)
    return found


@functools.cache
def _kept() -> FileBasedCache:
    return FileBasedCache(str(settings.DATA / "samples"), {"TIMEOUT": None})
