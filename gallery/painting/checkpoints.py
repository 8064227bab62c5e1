"""Checkpoints in the storage that is set up for them, so that a render can go on on another machine."""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from gallery.painting.local import path_in
from transfer.engine.keeper import SUFFIX, Shelf, StoredCheckpoint, prune
from transfer.errors import CheckpointError

OLDEST = 14 * 24 * 3600.0  # seconds
ABANDONED = 3600.0  # seconds after which nobody writes on


class Stored(Shelf):
    """The storage called `checkpoints`; on a disk, files are written in their place and not copied."""

    def __init__(self) -> None:
        self.storage: Storage = storages["checkpoints"]

    def names(self, key: str) -> list[str]:
        """See `Shelf`."""
        try:
            _, files = self.storage.listdir(key)
        except FileNotFoundError:
            return []
        return [f"{key}/{name}" for name in files if name.endswith(SUFFIX) and name[:1].isdigit()]

    def everything(self) -> list[StoredCheckpoint]:
        """See `Shelf`."""
        try:
            keys, _ = self.storage.listdir("")
        except FileNotFoundError:
            return []
        return self._kept([name for key in keys for name in self.names(key)])

    @contextlib.contextmanager
    def reading(self, name: str) -> Iterator[Path]:
        """See `Shelf`."""
        if (path := path_in(self.storage, name)) is not None:
            with _without(path):
                yield path
            return
        with self.storage.open(name) as stored, tempfile.NamedTemporaryFile(suffix=SUFFIX) as local:
            for chunk in stored.chunks():
                local.write(chunk)
            local.flush()
            with _without(Path(local.name)):
                yield Path(local.name)

    def put(self, name: str, write: Callable[[Path], None]) -> None:
        """See `Shelf`."""
        if (path := path_in(self.storage, name)) is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _without(path):
                write(path)
            return
        with tempfile.TemporaryDirectory() as folder:
            local = Path(folder) / "state"
            with _without(local):
                write(local)
            self.storage.delete(name)
            with local.open("rb") as file:
                self.storage.save(name, File(file))

    def remove(self, name: str) -> None:
        """See `Shelf`."""
        self.storage.delete(name)
        if (path := path_in(self.storage, name)) is not None:
            with contextlib.suppress(OSError):
                path.parent.rmdir()

    def unfinished(self) -> list[StoredCheckpoint]:
        """Files that somebody writes, or did until they were killed."""
        found = []
        with contextlib.suppress(FileNotFoundError):
            for key in self.storage.listdir("")[0]:
                found += self._kept([f"{key}/{name}" for name in self.storage.listdir(key)[1] if name.startswith(".")])
        return found

    def _kept(self, names: list[str]) -> list[StoredCheckpoint]:
        found = []
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                written = self.storage.get_modified_time(name).timestamp()
                found.append(StoredCheckpoint(name, self.storage.size(name), written))
        return found


@contextlib.contextmanager
def _without(path: Path) -> Iterator[None]:
    """Errors say what is wrong with a file, and not where it lies: people read them on the page of a render."""
    try:
        yield
    except CheckpointError as error:
        raise CheckpointError(str(error).replace(str(path), "it")) from error
    except OSError as error:
        if error.strerror is None:
            raise OSError(str(error).replace(f"{path} cannot be written: ", "")) from error
        raise


def prune_stored() -> int:
    """Throws away checkpoints that are two weeks old, the oldest beyond what the settings allow, and what somebody who
    was killed has half written."""
    shelf, now = Stored(), time.time()
    for each in shelf.unfinished():
        if now - each.written > ABANDONED:
            shelf.remove(each.name)
    return prune(shelf, settings.CHECKPOINTS_BYTES, OLDEST)
