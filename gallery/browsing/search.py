"""What renders are found by: the words of their titles, tags and pictures' names, in one column of the render.

The worker notes them when it publishes; a title or tags that change after that are noted again.
"""

import unicodedata
from typing import Any

from django.db.models.signals import m2m_changed, post_save

from gallery.models import Render, Status

LONGEST = 500  # characters that are kept of one render's words; they are part of an index
MOST = 8  # words of one search that count


def plain(text: str) -> str:
    """`text` as it is compared: small letters and digits without accents, words parted by one space."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def words_of(render: Render) -> str:
    """What `render` is found by."""
    pictures = render.inputs.filter(picture__isnull=False).values_list("picture__name", flat=True)
    tags = [tag.name for tag in render.tags.all()]
    return plain(" ".join([render.title, *tags, *pictures]))[:LONGEST]


def note_words(render: Render) -> None:
    """Keeps what `render` is found by, as it is now."""
    Render.objects.filter(pk=render.pk).update(words=words_of(render))


def keep_words_current() -> None:
    """From now on a title that is saved and tags that change are found; called once, at the start."""
    post_save.connect(_title_saved, sender=Render, dispatch_uid="words of a title")
    m2m_changed.connect(_tags_changed, sender=Render.tags.through, dispatch_uid="words of tags")


def _title_saved(instance: Render, update_fields: frozenset[str] | None, raw: bool, **rest: Any) -> None:
    if not raw and _is_finished(instance) and (update_fields is None or "title" in update_fields):
        note_words(instance)


def _tags_changed(instance: Any, action: str, **rest: Any) -> None:
    if action.startswith("post_") and _is_finished(instance):
        note_words(instance)


def _is_finished(instance: Any) -> bool:
    return isinstance(instance, Render) and instance.status == Status.COMPLETED
