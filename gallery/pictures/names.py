"""Files as people called them, in sentences about them."""

import re

LONGEST = 60
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def short(name: str) -> str:
    """A name without what would confuse a reader, and not too long."""
    name = UNPRINTABLE.sub("", name).strip()
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"


def called(name: str) -> str:
    """What a sentence about a file begins with."""
    return short(name) or "This picture"
