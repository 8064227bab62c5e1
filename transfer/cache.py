"""The folder for what can be fetched or measured again."""

import os
import tempfile
from pathlib import Path


def folder() -> Path:
    """XDG_CACHE_HOME or ~/.cache; for a user without a home, among the temporary files."""
    for place in filter(None, (os.environ.get("XDG_CACHE_HOME"), "~/.cache")):
        try:
            return Path(place).expanduser() / "stylesite"
        except RuntimeError:
            continue
    return Path(tempfile.gettempdir()) / "stylesite-cache"
