"""Tags: the one form in which we store and look them up, and which words can be a tag."""

import unicodedata

from django.core.exceptions import ValidationError

from gallery.models.community import LONGEST_TAG

SIGNS = " .'&+-_"


def normal(word: str) -> str:
    """A tag as we store it and look it up: case-folded, composed (NFC), with single spaces and no leading #.

    It composes before and after folding, since folding may take letters apart again (Unicode, section 3.13).
    """
    folded = unicodedata.normalize("NFC", word).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split()).lstrip("#")


def check(name: str) -> None:
    """Raises ValidationError, with a sentence, for what cannot be a tag."""
    if len(name) > LONGEST_TAG:
        raise ValidationError(f"“{name[:20]}…” is longer than {LONGEST_TAG} letters: shorten it.")
    if not _is_a_word(name):
        raise ValidationError(f"“{name}” has signs in it: use letters, digits and spaces.")


def _is_a_word(name: str) -> bool:
    """Whether it consists of letters with their marks, digits, spaces and a few signs."""
    return all(each.isalnum() or each in SIGNS or unicodedata.category(each).startswith("M") for each in name)
