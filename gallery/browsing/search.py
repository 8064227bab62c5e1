"""What renders are found by: the words of their titles, tags and pictures' names, in one column of the render.

The worker notes them when it publishes. Whoever changes a title or tags after that calls `note_words`.
"""

import unicodedata

from gallery.models import Render

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
    """Keeps what a finished `render` is found by, as it is now."""
    Render.objects.finished().filter(pk=render.pk).update(words=words_of(render))
