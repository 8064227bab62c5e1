"""Tags: the one form in which they are stored and asked for, and which words can be one."""

import unicodedata

LONGEST = 40  # characters
SIGNS = " .'&+-_"


def normal(word: str) -> str:
    """A tag as it is stored and asked for: case folded, composed (NFC), with single spaces and no leading #.

    Folding comes between two compositions, since it may take letters apart again (Unicode, section 3.13).
    """
    folded = unicodedata.normalize("NFC", word).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split()).lstrip("#")


def is_a_word(name: str) -> bool:
    """Whether there are only letters with their marks, digits, spaces and a few signs in it."""
    return all(each.isalnum() or each in SIGNS or unicodedata.category(each).startswith("M") for each in name)
