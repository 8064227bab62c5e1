"""Where rows are stored: in an SQLite file in the data folder, or in PostgreSQL at DATABASE_URL."""

from pathlib import Path
from typing import Any

import dj_database_url

KEPT_OPEN = 600  # seconds that a thread of the site keeps its connection to PostgreSQL


def database(address: str | None, data: Path) -> dict[str, Any]:
    """Django's settings for the one database, at an address that is known to be right."""
    if address is None:
        return _sqlite(data / "stylesite.sqlite3")
    return {**dj_database_url.parse(address, conn_max_age=KEPT_OPEN, conn_health_checks=True)}


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
