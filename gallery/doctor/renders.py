"""Rows that need somebody."""

from gallery.doctor.findings import Finding, counted, ok, problem, warning
from gallery.doctor.services import START
from gallery.models import Render, Worker


def stale() -> Finding:
    """Renders of workers that are gone wait again within seconds, if there is a worker at all to notice."""
    count = Render.objects.stale().count()
    if not count:
        return ok("every render in progress has a worker that lives")
    sentence = f"{counted(count, 'render')} in progress whose worker was not heard of any more"
    if Worker.objects.alive().exists():
        return warning(sentence, "wait ten seconds: a worker hands them back")
    return problem(sentence, START)


def failed() -> Finding:
    """Failed renders stay until somebody tries them again or deletes them."""
    count = Render.objects.failed().count()
    if not count:
        return ok("none")
    return warning(counted(count, "render"), 'as staff, "Try all again" at /queue/, or delete them in /admin/')
