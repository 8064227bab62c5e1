"""Command lines for people to paste into a shell."""

import shlex
import sys

from django.conf import settings


def manage(*words: str) -> str:
    """`manage.py` with `words`, as it works in any folder: with this interpreter, project and data folder."""
    line = shlex.join([sys.executable, str(settings.BASE_DIR / "manage.py"), *words])
    return f"STYLESITE_DATA={shlex.quote(str(settings.DATA))} {line}"
