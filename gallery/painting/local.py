"""Stored files as files on this machine, for what reads them piece by piece."""

import shutil
import tempfile
from pathlib import Path, PurePosixPath

from django.core.files.storage import Storage, default_storage

from transfer.errors import ClipError


def path_in(storage: Storage, name: str) -> Path | None:
    """Where a stored file lies, if its storage is a disk."""
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None


class Local:
    """Files as they lie on a disk, and copies of those that lie elsewhere, which go when this goes."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def file(self, name: str) -> Path:
        """The stored file of that name. Raises ClipError where it is gone, and OSError where the storage is away."""
        if (path := path_in(default_storage, name)) is None:
            return self._copy(name)
        if not path.is_file():
            raise ClipError("A film that this is made of is gone: upload it again.")
        return path

    def _copy(self, name: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="films-")
        path = Path(self._folder.name) / PurePosixPath(name).name
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            try:
                with default_storage.open(name) as stored, unfinished.open("wb") as copy:
                    shutil.copyfileobj(stored, copy)
            except FileNotFoundError as error:
                raise ClipError("A film that this is made of is gone: upload it again.") from error
            unfinished.replace(path)
        return path
