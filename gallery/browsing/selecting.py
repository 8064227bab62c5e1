"""What people do with many pictures at once: tagging them, putting them into a collection, saying whose they are."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from gallery.browsing import tags
from gallery.browsing.descriptions import MOST_TAGS
from gallery.browsing.search import note_words
from gallery.models import Collection, CollectionEntry, Render, Tag

LONGEST_LIST = 400  # characters of tags between commas


def tag_names(text: str) -> list[str]:
    """The tags between commas, in their normal form. Raises ValidationError, with a sentence, where one is none."""
    names = tags.written(text[:LONGEST_LIST])
    if not names:
        raise ValidationError("Write at least one tag.")
    for name in names:
        tags.check(name)
    return names


def add_tags(renders: Sequence[Render], names: Sequence[str]) -> list[Render]:
    """Adds the tags to each; gives those that would have more than MOST_TAGS, and keep theirs."""
    full = []
    for render in renders:
        with transaction.atomic():
            Render.objects.select_for_update().filter(pk=render.pk).exists()  # two who tag it at once take turns
            there = set(render.tags.values_list("name", flat=True))
            if len(there.union(names)) > MOST_TAGS:
                full.append(render)
                continue
            render.tags.add(*(Tag.objects.get_or_create(name=name)[0] for name in names))
            note_words(render)
    return full


def collect(renders: Sequence[Render], collection: Collection) -> int:
    """Puts renders into a collection, the first one first; gives the number of those that are new to it."""
    there = set(collection.entries.filter(render__in=renders).values_list("render_id", flat=True))
    new = [render for render in renders if render.pk not in there]
    with transaction.atomic():
        for render in reversed(new):
            CollectionEntry.objects.get_or_create(collection=collection, render=render)
    return len(new)
