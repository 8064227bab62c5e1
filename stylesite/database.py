"""Where rows are stored: in an SQLite file in the data folder, or in PostgreSQL at DATABASE_URL."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("postgresql://", "postgres://")
KEPT_OPEN = 600  # seconds that a thread of the site keeps its connection to PostgreSQL


def database(data: Path) -> dict[str, Any]:
    """Django's settings for the one database; raises ImproperlyConfigured for an invalid address."""
    address = os.environ.get("DATABASE_URL")
    if not address:
        return _sqlite(data / "stylesite.sqlite3")
    if not address.startswith(SCHEMES):
        raise ImproperlyConfigured("DATABASE_URL is wrong: it should begin with postgresql://")
    try:
        return {**dj_database_url.parse(address, conn_max_age=KEPT_OPEN, conn_health_checks=True)}
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL is wrong: {error}") from error


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # Worker processes in the tests open the same file.
        "TEST": {"NAME": path},
    }
