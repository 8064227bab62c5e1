"""Tags: the one form in which we store and look them up, and which words can be a tag."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from gallery.browsing.writing import BLANK, JOINERS, SELECTORS
from gallery.models.community import LONGEST_TAG

SIGNS = " .'&+-_\u2019"
COMMAS = re.compile("[,\u060c\u3001\uff0c]")  # those of Latin, Arabic, Japanese and Chinese
SKIN = range(0x1F3FB, 0x1F400)  # modifiers of emoji
OF_FLAGS = range(0xE0020, 0xE0080)  # the letters in the flags of England, Scotland and Wales
DOTTED = "i\u0307"  # what folding makes of the Turkish İ, which Turks write as i when it is small


def normal(word: str) -> str:
    """A tag as we store it and look it up: case-folded, composed (NFC), with single spaces and no leading #.

    It composes before and after folding, since folding may take letters apart again (Unicode, section 3.13). A joiner
    at either end, and what asks for an emoji's form, show nothing and are left out.
    """
    folded = unicodedata.normalize("NFC", word).casefold().replace(DOTTED, "i")
    kept = "".join(each for each in unicodedata.normalize("NFC", folded) if each not in SELECTORS)
    return " ".join(kept.split()).lstrip("#").strip(JOINERS + " ")


def written(text: str) -> list[str]:
    """The tags in `text`, between commas of any script, in their normal form and without duplicates."""
    return list(dict.fromkeys(filter(None, map(normal, COMMAS.split(text)))))


def check(name: str) -> None:
    """Raises ValidationError, with a sentence, for what cannot be a tag."""
    if len(name) > LONGEST_TAG:
        raise ValidationError(f"“{name[:20]}…” is longer than {LONGEST_TAG} letters: shorten it.")
    if not _is_a_word(name):
        shown = "".join(each if each.isprintable() else "\ufffd" for each in name)
        raise ValidationError(f"“{shown}” has signs in it: use letters, digits, spaces and emoji.")


def _is_a_word(name: str) -> bool:
    """Whether it has something to see, of letters with their marks, digits, spaces, emoji and a few signs."""
    seen = any(each.isalnum() or _is_of_emoji(each) for each in name)
    return seen and all(
        each.isalnum() or each in SIGNS + JOINERS or _is_mark(each) or _is_of_emoji(each) for each in name
    )


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _is_of_emoji(character: str) -> bool:
    is_picture = unicodedata.category(character) == "So" and character not in BLANK
    return is_picture or ord(character) in SKIN or ord(character) in OF_FLAGS
