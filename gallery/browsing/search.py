"""The words that find a render: those of its title, its tags and its pictures' names, in one column of its row.

The worker stores them when it publishes. Code that changes a title or tags later calls `note_words`.
"""

import unicodedata

from gallery.browsing.writing import BLANK, SELECTORS
from gallery.models import Render
from gallery.models.querysets import MOST_WORDS, RenderQuerySet

LONGEST = 500  # characters of a render's words that are stored; they are part of an index


def plain(text: str) -> str:
    """`text` as we compare it: lower-case letters and digits without accents, emoji, single spaces between words."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(filter(None, map(_compared, decomposed))).split())


def _compared(character: str) -> str:
    """What is left of a character; a space where a word ends."""
    category = unicodedata.category(character)
    if unicodedata.combining(character) or category == "Cf" or character in SELECTORS:
        return ""
    return character if character.isalnum() or (category in ("So", "Mn", "Mc") and character not in BLANK) else " "


def words_of(render: Render) -> str:
    """The words that find `render`."""
    pictures = render.inputs.filter(picture__isnull=False).values_list("picture__name", flat=True)
    tags = [tag.name for tag in render.tags.all()]
    return plain(" ".join([render.title, *tags, *pictures]))[:LONGEST]


def found_by(renders: RenderQuerySet, text: str) -> RenderQuerySet:
    """Those of these renders in whose words all words of `text` occur."""
    for word in plain(text).split()[:MOST_WORDS]:
        renders = renders.filter(words__contains=word)
    return renders


def note_words(render: Render) -> None:
    """Stores the words that find a finished `render`, as they are now."""
    Render.objects.finished().filter(pk=render.pk).update(words=words_of(render))
