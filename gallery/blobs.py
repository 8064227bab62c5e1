"""Files named after their content, so the same bytes are stored once and an address never changes its meaning."""

import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction


def store(folder: str, content: bytes, suffix: str) -> str:
    """Stores `content` and gives its name in the storage; what is there already is not written again."""
    sha256 = digest(content)
    name = f"{folder}/{sha256[:2]}/{sha256}{suffix}"
    _take_turns(name)
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
    """Deletes those files that no row refers to any more."""
    for name in filter(None, names):
        with transaction.atomic():  # so that nobody starts to need the file between the look and the deletion
            _take_turns(name)
            if not any(model._default_manager.filter(**{field: name}).exists() for model, field in fields()):
                default_storage.delete(name)


def _take_turns(name: str) -> None:
    """Until this transaction ends nobody else stores or discards the file; SQLite has one writer anyway."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
