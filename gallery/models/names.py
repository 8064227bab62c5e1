"""What pictures are called on pages: as people would say it, and not as a file is named."""

import re

ENDING = re.compile(r"\.(?:jpe?g|jpe|jfif|png|webp|avif|hei[cf]|tiff?|gif|bmp)$", re.IGNORECASE)
ROLE = re.compile(r"^(?:content|style)[_ -]+(?=.)", re.IGNORECASE)
BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def spoken(name: str) -> str:
    """A picture's name without its file's ending and underscores: `style_starry_night.jpg` is "Starry night"."""
    words = " ".join(ROLE.sub("", ENDING.sub("", name.strip())).replace("_", " ").split())
    if " " not in words:
        words = BETWEEN_LETTERS.sub(" ", words)
    return words[:1].upper() + words[1:] or name
