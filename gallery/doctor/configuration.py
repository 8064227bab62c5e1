"""The environment variables that this installation is set by."""

import difflib

from django.conf import settings

from gallery.doctor.findings import Finding, ok, problem, warning


def variables() -> Finding:
    """Every one is right, and none is misspelt."""
    if settings.COMPLAINTS:
        return problem(" ".join(settings.COMPLAINTS), "set what is named here, or leave it out; nothing starts before")
    if settings.UNKNOWN_VARIABLES:
        names = ", ".join(settings.UNKNOWN_VARIABLES)
        return warning(f"nothing here reads {names}", _what_was_meant())
    return ok("all are right")


def _what_was_meant() -> str:
    near = [
        f"{found[0]} for {name}"
        for name in settings.UNKNOWN_VARIABLES
        if (found := difflib.get_close_matches(name, settings.KNOWN_VARIABLES, 1))
    ]
    return f"did you mean {', '.join(near)}?" if near else "docs/settings.md lists those that there are"
