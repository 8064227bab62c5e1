"""Command lines for people to paste into a shell."""

import shlex
import sys

from django.conf import settings


def manage(*words: str) -> str:
    """`manage.py` with `words`, as it works in any folder: with this interpreter, project and data folder."""
    return _with_data([sys.executable, str(settings.BASE_DIR / "manage.py"), *words])


def make(target: str) -> str:
    """`make` of a target, as it works in any folder."""
    return _with_data(["make", "-C", str(settings.BASE_DIR), target])


def _with_data(words: list[str]) -> str:
    return f"STYLESITE_DATA={shlex.quote(str(settings.DATA))} {shlex.join(words)}"
