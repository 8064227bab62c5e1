"""The folder for what can be fetched or measured again, and facts that are noted there."""

import contextlib
import json
import os
import tempfile
import uuid
from pathlib import Path
from typing import Any


def folder() -> Path:
    """XDG_CACHE_HOME or ~/.cache; for a user without a home, among the temporary files."""
    for place in filter(None, (os.environ.get("XDG_CACHE_HOME"), "~/.cache")):
        try:
            return Path(place).expanduser() / "stylesite"
        except RuntimeError:
            continue
    return Path(tempfile.gettempdir()) / "stylesite-cache"


def noted(name: str) -> dict[str, Any]:
    """The facts in a file of the folder; none where it is missing or damaged."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((folder() / name).read_text())
        return found if isinstance(found, dict) else {}
    return {}


def note(name: str, facts: dict[str, Any]) -> None:
    """Writes facts to a file of the folder, as a whole. Where that cannot be written, they are found out again."""
    file = folder() / name
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{uuid.uuid4().hex}")
        unfinished.write_text(json.dumps(facts, indent=1))
        unfinished.replace(file)
