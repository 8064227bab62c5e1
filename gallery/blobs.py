"""Files named after their content, so the same bytes are stored once and an address never changes its meaning."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models


def store(folder: str, content: bytes, suffix: str) -> str:
    """Stores `content` and gives its name in the storage; what is there already is not written again."""
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{digest[:2]}/{digest}{suffix}"
    if default_storage.exists(name):
        return name
    return default_storage.save(name, ContentFile(content))


def discard_unused(*names: str | None) -> None:
    """Deletes those files that no picture and no render refers to any more."""
    from gallery.models import Picture, Render

    kinds: tuple[type[models.Model], ...] = (Picture, Render)
    for name in filter(None, names):
        if not any(kind.objects.sharing_file(name).exists() for kind in kinds):  # type: ignore[attr-defined]
            default_storage.delete(name)
