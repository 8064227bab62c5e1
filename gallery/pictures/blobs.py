"""Files named after their content, so the same bytes are stored once and an address never changes its meaning.

A file has a row, which is made in the transaction in which something begins to need it. It may have versions, such as
smaller ones. They are named after it (`ab/HASH-320.avif` is one of `ab/HASH.webp`), have no row, and go when it goes.
"""

import contextlib
import hashlib
import re
from collections.abc import Iterator
from contextvars import ContextVar

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import Error, connection, models, transaction

from gallery.models import StoredFile
from gallery.pictures.results import derived

VERSION = re.compile(r"-\d+\.(avif|webp)$")
_stored: ContextVar[list[str] | None] = ContextVar("the files that were stored in this transaction", default=None)


@contextlib.contextmanager
def storing() -> Iterator[None]:
    """A transaction with files in it: where it fails, whatever was stored in it is thrown away, if nothing needs it."""
    names: list[str] = []
    outer, token = _stored.get(), _stored.set(names)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        with contextlib.suppress(Error, OSError):
            discard_unused(*names)
        raise
    finally:
        _stored.reset(token)
    if outer is not None:
        outer.extend(names)


def store(folder: str, content: bytes, suffix: str) -> str:
    """Stores `content` and gives its name in the storage; what is there already is not written again."""
    return _store(_name(folder, digest(content), suffix), content)


def store_file(folder: str, content: "File[bytes]", suffix: str) -> str:
    """The same for a file that may be large: it is read piece by piece."""
    sha256 = hashlib.sha256()
    for piece in content.chunks():
        sha256.update(piece)
    return _store(_name(folder, sha256.hexdigest(), suffix), content)


def store_versions(folder: str, content: bytes, versions: dict[str, bytes]) -> str:
    """Stores `content`, a WebP, with versions of it by what their names end in; gives its name.

    The name is a hash of them all, so that two pictures that only look alike when small have versions of their own.
    """
    name = _name(folder, digest(b"".join([content, *versions.values()])), ".webp")
    with storing():
        _note(name, len(content))
        for ending, version in versions.items():
            _write(name.removesuffix(".webp") + ending, ContentFile(version))
        return _store(name, content)


def original(name: str) -> str:
    """The file that `name` is a version of, or `name` itself."""
    return VERSION.sub(".webp", name)


def _name(folder: str, sha256: str, suffix: str) -> str:
    return f"{folder}/{sha256[:2]}/{sha256}{suffix}"


def _store(name: str, content: "bytes | File[bytes]") -> str:
    file = ContentFile(content) if isinstance(content, bytes) else content
    with storing():
        _note(name, file.size)
        _write(name, file)
    return name


def _note(name: str, size: int) -> None:
    """The file's row, and the name for whoever has to throw it away."""
    _take_turns(name)
    names = _stored.get()
    if names is not None and name not in names:
        names.append(name)
    StoredFile.objects.get_or_create(name=name, defaults={"size": size})


def _write(name: str, content: "File[bytes]") -> None:
    if default_storage.exists(name):
        if default_storage.size(name) == content.size:
            return
        default_storage.delete(name)  # what an interrupted write has left
    try:
        saved = default_storage.save(name, content)
    except OSError:
        default_storage.delete(name)
        raise
    if saved != name:  # somebody else stored the same bytes a moment before
        default_storage.delete(saved)


def digest(content: bytes) -> str:
    """The SHA-256 of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def of(*rows: models.Model) -> list[str]:
    """The names of the files that these rows need."""
    fields = StoredFile.references()
    found = [getattr(row, f"{name}_id") for row in rows for model, name in fields if isinstance(row, model)]
    return [name for name in found if name]


def discard_unused(*names: str) -> None:
    """Deletes those files that no row needs any more, with what was made of them."""
    for name in filter(None, names):
        with transaction.atomic():  # so that nobody starts to need the file between the look and the deletion
            _take_turns(name)
            row = StoredFile.objects.filter(name=name)
            list(row.select_for_update())
            if not row.used().exists():
                row.delete()
                for each in (name, *versions(name), *derived.made_of(name)):
                    default_storage.delete(each)


def versions(name: str) -> list[str]:
    """The stored versions of a file."""
    folder, _, last = name.rpartition("/")
    if not last.endswith(".webp"):
        return []
    try:
        _, others = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    found = (f"{folder}/{other}" for other in others if other != last)
    return sorted(other for other in found if original(other) == name)


def _take_turns(name: str) -> None:
    """Until this transaction ends nobody else stores or discards the file; SQLite has one writer anyway."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
