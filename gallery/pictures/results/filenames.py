"""What downloads are called: after a render's title, or its pictures, and after its size."""

import unicodedata

from gallery.models import Picture, Render

LONGEST = 50  # characters; with four bytes each and an ending they still fit into a file's name
DROPPED = str.maketrans("", "", "'\u2019")


def stem(of: Render | Picture) -> str:
    """A file's name without its ending: `tubingen-starry-night-1024px`."""
    titles = (of.title, of.name) if isinstance(of, Render) else (of.title,)
    found = next(filter(None, map(slug, titles)), "stylesite")
    return f"{found}-{max(of.width, of.height)}px"


def slug(text: str) -> str:
    """The letters and digits of `text`, of any script, in lower case, with hyphens between the words."""
    plain = unicodedata.normalize("NFC", text).lower().translate(DROPPED)
    words = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in plain).split()
    return "-".join(word for word in words if any(map(str.isalnum, word)))[:LONGEST].rstrip("-")
