"""Files that are made from an output when somebody asks for them, and can be made again at any time.

Their names begin with the output's own, so no row needs to refer to them: they go when the output goes.
"""

import threading
from collections.abc import Callable
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from gallery.models.files import DERIVED

_entered = threading.BoundedSemaphore(2)
_one_at_a_time = threading.Lock()


class Busy(Exception):
    """This process makes one file already, and another request waits for its turn."""


def name(output: str, ending: str) -> str:
    """The name of what is made of a stored output: derived/aa/<its hash><ending>."""
    path = PurePosixPath(output)
    return f"{DERIVED.folder}/{path.parent.name}/{path.stem}{ending}"


def stored(wanted: str, make: Callable[[], bytes]) -> str:
    """The name of a derived file, which `make` makes if it is not there.

    One at a time in each process, and one more may wait: making takes seconds, and threads are few. Raises Busy.
    """
    if default_storage.exists(wanted):
        return wanted
    if not _entered.acquire(blocking=False):
        raise Busy
    try:
        with _one_at_a_time:
            if not default_storage.exists(wanted):
                saved = default_storage.save(wanted, ContentFile(make()))
                if saved != wanted:  # another process has made the same meanwhile
                    default_storage.delete(saved)
    finally:
        _entered.release()
    return wanted


def made_of(output: str) -> list[str]:
    """The names of all files that were made of a stored output."""
    folder, start = name(output, "").rsplit("/", 1)
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{file}" for file in files if file.startswith(start)]


def key(stored_name: str) -> str:
    """What the name of an output and those of all files made of it have in common: its hash."""
    return PurePosixPath(stored_name).name[:64]
