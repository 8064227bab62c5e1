"""Settings that are amounts of memory or storage, in bytes."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from transfer import memory
from transfer.errors import PlanError


def painting_memory(data: Path) -> int:
    """The memory that a painting process may use: STYLESITE_MEMORY, or half of what was there at the first start."""
    try:
        return memory.budget(os.environ.get("STYLESITE_MEMORY"), data)
    except PlanError as error:
        raise _improper("STYLESITE_MEMORY", error) from error


def room_for_checkpoints() -> int:
    """The disk space that checkpoints may take: STYLESITE_CHECKPOINTS, or 10 GiB."""
    try:
        return memory.parsed(os.environ.get("STYLESITE_CHECKPOINTS") or "10GiB")
    except PlanError as error:
        raise _improper("STYLESITE_CHECKPOINTS", error) from error


def _improper(name: str, error: Exception) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is wrong: {error}")
