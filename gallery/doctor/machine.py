"""This machine: its memory, and who may look into the data folder."""

import os
import socket
import stat

from django.conf import settings

from gallery.doctor.findings import Finding, ok, problem, size, warning
from gallery.models import Machine
from transfer import memory as this_machine

LITTLE = 2 * 2**30  # torch and one render of 512 px


def memory() -> Finding:
    """What there is, and whether workers here reckon with more than that."""
    total, limit, usable = this_machine.total(), this_machine.limit(), this_machine.usable()
    words = f"{size(total)} in this machine" + (f", {size(limit)} for this control group" if limit else "")
    here = Machine.objects.alive().filter(host=socket.gethostname()).values_list("memory", flat=True)
    reckoned = sum(here)
    if len(here) > 1 and reckoned > total:
        remedy = "start fewer workers here: they share this memory"
        return warning(f"{words}, and {len(here)} workers reckon with {size(reckoned)} together", remedy)
    if reckoned > total:
        return problem(f"{words}, and the worker here reckons with {size(reckoned)}", "start it again: make up")
    if usable < LITTLE:
        return warning(f"{words}: large renders will be slow", f"give it {size(LITTLE)} or more")
    return ok(words)


def permissions() -> Finding:
    """The data folder is this user's, and nobody else may look into it: it holds the secret key and all uploads."""
    folder = settings.DATA
    found = folder.stat()
    if found.st_uid != os.getuid():
        return problem(f"{folder} belongs to another user ({found.st_uid})", f"sudo chown -R {os.getuid()} {folder}")
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        return problem(f"others may look into {folder} (its mode is {mode:o})", f"chmod 700 {folder}")
    return ok(f"{folder} is open to its owner alone")
