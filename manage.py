#!/usr/bin/env python
"""Django's command line for Stylesite."""

import importlib
import os
import sys


def main() -> None:
    """Runs a management command; settings that are wrong are told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
