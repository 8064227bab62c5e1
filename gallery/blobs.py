"""Files named after their content, so the same bytes are stored once and an address never changes its meaning."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction


def store(folder: str, content: bytes, suffix: str) -> str:
    """Stores `content` and gives its name in the storage; what is there already is not written again."""
    sha256 = digest(content)
    name = f"{folder}/{sha256[:2]}/{sha256}{suffix}"
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


def discard_unused(*names: str | None) -> None:
    """Deletes those files that no picture and no render refers to any more."""
    from gallery.models import Picture, Render

    for name in filter(None, names):
        with transaction.atomic():  # so that nobody starts to need the file between the look and the deletion
            if not any(kind.objects.sharing_file(name).exists() for kind in (Picture, Render)):
                default_storage.delete(name)
