"""What people write, as we keep it: nothing invisible on a line, and one character at the end of a line."""

import unicodedata
from typing import Any

from django import forms

# They turn the text around that follows them, also that of others (Unicode, annex 9): a name that ends in one can
# claim to end in anything.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = "\u200c\u200d"  # Persian and Hindi words have these within, and so have emoji
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks that show nothing
SELECTORS = frozenset("\ufe0e\ufe0f")  # of a character's form as text or as emoji


def is_seen(character: str) -> bool:
    """Whether a reader sees it."""
    return unicodedata.category(character)[0] not in "CZ" and character not in BLANK | SELECTORS


def on_one_line(text: str) -> str:
    """`text` with single spaces, and without what steers it unseen; empty where nothing of it can be seen."""
    kept = "".join(each for each in text if each not in TURNING and (each.isspace() or _is_wanted(each)))
    line = " ".join(kept.split())
    return line if any(map(is_seen, line)) else ""


def _is_wanted(character: str) -> bool:
    """All but control characters and those that no character is assigned to for exchange."""
    return unicodedata.category(character) not in ("Cc", "Cs")


class Lines(forms.Textarea):
    """A field of several lines. Browsers send two characters for the end of a line, and count one."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text with one character at the end of each line."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class OneLine(forms.TextInput):
    """A field of one line, without anything unseen."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text as we keep it."""
        value = super().value_from_datadict(data, files, name)
        return on_one_line(value) if isinstance(value, str) else value
