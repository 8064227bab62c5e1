"""Is this installation healthy? One check for each thing that can be wrong, and the command that fixes it."""

from collections.abc import Callable

from django.db import Error

from gallery.doctor import configuration, files, machine, renders, services
from gallery.doctor.findings import Finding, problem

CHECKS: dict[str, Callable[[], Finding]] = {
    "settings": configuration.variables,
    "database": services.database,
    "redis": services.redis,
    "workers": services.workers,
    "devices": services.devices,
    "memory": machine.memory,
    "memory budget": machine.budget,
    "permissions": machine.permissions,
    "storage": files.storage,
    "weights": files.weights,
    "stale renders": renders.stale,
    "waiting renders": renders.waiting,
    "failed renders": renders.failed,
    "missing files": files.missing,
    "orphaned files": files.orphaned,
}


def examine() -> dict[str, Finding]:
    """The finding of each check, by name. A check that cannot run counts as a problem."""
    return {name: _made(check) for name, check in CHECKS.items()}


def _made(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Error as error:
        return problem(f"cannot be checked, because the database says: {error}", "fix the database first")
    except OSError as error:
        return problem(f"cannot be checked, because the system says: {error}", "fix what it names")
