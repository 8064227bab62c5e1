"""Files as people called them, in sentences about them."""

import re

LONGEST = 60
TURNING = re.compile(
    r"[\u202a-\u202e\u2066-\u2069]"
)  # they turn the text around that follows them, also that of others
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def kept(name: str) -> str:
    """A name as we keep it."""
    return TURNING.sub("", name)


def short(name: str) -> str:
    """A name without what would confuse a reader, and not too long."""
    name = UNPRINTABLE.sub("", name).strip()
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"


def called(name: str) -> str:
    """What a sentence about a file begins with."""
    return short(name) or "This picture"
