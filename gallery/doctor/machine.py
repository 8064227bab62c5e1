"""This machine: its memory, and who may look into the data folder."""

import os
import shlex
import socket
import stat

from django.conf import settings

from gallery.doctor.findings import Finding, ok, problem, warning
from gallery.models import Worker
from gallery.processes.pasted import make
from transfer import memory as this_machine
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.recipes.style import StyleRecipe
from transfer.style.planner import plan
from transfer.words import memory as in_words

LITTLE = 2 * 2**30  # torch and one render of 512 px
ALMOST_ALL = 0.9
SQUARE = (1000, 1000)


def memory() -> Finding:
    """What there is, and whether workers here reckon with more than that."""
    total, limit, usable = this_machine.total(), this_machine.limit(), this_machine.usable()
    words = f"{in_words(total)} in this machine" + (f", {in_words(limit)} for this control group" if limit else "")
    here = Worker.objects.alive().filter(host=socket.gethostname()).values_list("memory", flat=True)
    reckoned = sum(here)
    if len(here) > 1 and reckoned > total:
        remedy = "start fewer workers here: they share this memory"
        return warning(f"{words}, and {len(here)} workers reckon with {in_words(reckoned)} together", remedy)
    if reckoned > total:
        return problem(f"{words}, and the worker here counts on {in_words(reckoned)}", f"start it again: {make('up')}")
    if usable < LITTLE:
        return warning(f"{words}: large renders will be slow", f"give it {in_words(LITTLE)} or more")
    return ok(words)


def budget() -> Finding:
    """What a render may use is there, and is enough for one of the usual size."""
    kept, usable = settings.DATA / "memory", this_machine.usable()
    words = f"a render may use {in_words(settings.MEMORY)} of {in_words(usable)}"
    better = f"set STYLESITE_MEMORY to no more than {in_words(usable // 2).replace(' ', '')}"
    if not os.environ.get("STYLESITE_MEMORY"):
        better = f"rm {shlex.quote(str(kept))}, then {make('up')}: that computes it again"
    if usable < settings.MEMORY:
        return problem(words, better)
    try:
        plan(StyleRecipe(), {Role.CONTENT: [SQUARE], Role.STYLE: [SQUARE]}, 4, settings.MEMORY)
    except PlanError as error:
        return problem(f"{words}: {error}", "set STYLESITE_MEMORY to 1GiB or more")
    if ALMOST_ALL * usable < settings.MEMORY:
        return warning(f"{words}, which leaves little for the rest of the system", better)
    return ok(words)


def permissions() -> Finding:
    """The data folder is this user's, and nobody else may look into it: it holds the secret key and all uploads."""
    folder = settings.DATA
    quoted = shlex.quote(str(folder))
    found = folder.stat()
    if found.st_uid != os.getuid():
        return problem(f"{folder} belongs to another user ({found.st_uid})", f"sudo chown -R {os.getuid()} {quoted}")
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        return problem(f"others may look into {folder} (its mode is {mode:o})", f"chmod 700 {quoted}")
    return ok(f"{folder} is open to its owner alone")
