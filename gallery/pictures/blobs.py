"""Files named after their content, so the same bytes are stored once and an address never changes its meaning.

A file may have versions, such as smaller ones. They are named after it (`ab/HASH-320.avif` is one of `ab/HASH.webp`),
no row names them, and they go when it goes.
"""

import hashlib
import re
from collections.abc import Iterator

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from gallery.pictures import derived

VERSION = re.compile(r"-\d+\.(avif|webp)$")


def store(folder: str, content: bytes, suffix: str) -> str:
    """Stores `content` and gives its name in the storage; what is there already is not written again."""
    return _store(_name(folder, digest(content), suffix), content)


def store_versions(folder: str, content: bytes, versions: dict[str, bytes]) -> str:
    """Stores `content`, a WebP, with versions of it by what their names end in; gives its name.

    The name is a hash of them all, so that two pictures that only look alike when small have versions of their own.
    """
    name = _name(folder, digest(b"".join([content, *versions.values()])), ".webp")
    try:
        for ending, version in versions.items():
            _store(name.removesuffix(".webp") + ending, version)
        return _store(name, content)
    except OSError:
        discard_unused(name)
        raise


def original(name: str) -> str:
    """The file that `name` is a version of, or `name` itself."""
    return VERSION.sub(".webp", name)


def _name(folder: str, sha256: str, suffix: str) -> str:
    return f"{folder}/{sha256[:2]}/{sha256}{suffix}"


def _store(name: str, content: bytes) -> str:
    _take_turns(original(name))
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return name
        default_storage.delete(name)  # what an interrupted write has left
    try:
        saved = default_storage.save(name, ContentFile(content))
    except OSError:
        default_storage.delete(name)
        raise
    if saved != name:  # somebody else stored the same bytes a moment before
        default_storage.delete(saved)
    return name


def digest(content: bytes) -> str:
    """The SHA-256 of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every model's every field that names a stored file."""
    for model in apps.get_app_config("gallery").get_models():
        yield from ((model, field.name) for field in model._meta.fields if isinstance(field, models.FileField))


def of(*rows: models.Model) -> list[str]:
    """The names of the files that these rows refer to."""
    found = [getattr(row, name).name for row in rows for model, name in fields() if isinstance(row, model)]
    return [name for name in found if name]


def discard_unused(*names: str) -> None:
    """Deletes those files that no row refers to any more, with what was made of them."""
    for name in filter(None, names):
        with transaction.atomic():  # so that nobody starts to need the file between the look and the deletion
            _take_turns(name)
            if not any(model._default_manager.filter(**{field: name}).exists() for model, field in fields()):
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
