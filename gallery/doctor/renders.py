"""Renders that need attention."""

from gallery.doctor.findings import Finding, counted, ok, problem, warning
from gallery.doctor.services import START
from gallery.models import Render, Worker


def stale() -> Finding:
    """When a worker is gone, its renders wait again within seconds, if another worker is there to notice."""
    count = Render.objects.stale().count()
    if not count:
        return ok("every render in progress has a worker that lives")
    sentence = f"{counted(count, 'render')} in progress whose worker has gone silent"
    if Worker.objects.alive().exists():
        return warning(sentence, "wait ten seconds: a worker hands them back")
    return problem(sentence, START)


def failed() -> Finding:
    """Failed renders stay until somebody retries or deletes them."""
    count = Render.objects.failed().count()
    if not count:
        return ok("none")
    return warning(counted(count, "render"), 'as staff, "Try all again" at /queue/, or delete them in /admin/')
