"""Tags: the one form in which we store and look them up, and which words can be a tag."""

import unicodedata

LONGEST = 40  # characters
SIGNS = " .'&+-_"


def normal(word: str) -> str:
    """A tag as we store it and look it up: case-folded, composed (NFC), with single spaces and no leading #.

    It composes before and after folding, since folding may take letters apart again (Unicode, section 3.13).
    """
    folded = unicodedata.normalize("NFC", word).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split()).lstrip("#")


def is_a_word(name: str) -> bool:
    """Whether it consists of letters with their marks, digits, spaces and a few signs."""
    return all(each.isalnum() or each in SIGNS or unicodedata.category(each).startswith("M") for each in name)
