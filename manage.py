#!/usr/bin/env python
"""Django's command line for Stylesite."""

import os
import sys

SURVIVES = "doctor"  # shows what is wrong instead


def main() -> None:
    """Runs a management command; settings that are wrong are told in a sentence each."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    from stylesite import environment

    if (found := environment.complaints()) and sys.argv[1:2] != [SURVIVES]:
        environment.leave(found)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
