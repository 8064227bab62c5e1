"""Renders that need attention."""

from gallery.doctor.findings import Finding, ok, problem, warning
from gallery.doctor.services import how_to_start
from gallery.models import Render, Worker
from gallery.queueing.needs import Needs, doable_by, why_nobody_can
from gallery.queueing.workers import LiveWorker, live_workers
from transfer import words
from transfer.features.registry import BACKBONES


def stale() -> Finding:
    """When a worker is gone, its renders wait again within seconds, if another worker is there to notice."""
    count = Render.objects.stale().count()
    if not count:
        return ok("every render in progress has a worker that lives")
    sentence = f"{words.counted(count, 'render')} in progress whose worker has gone silent"
    if Worker.objects.alive().exists():
        return warning(sentence, "wait ten seconds: a worker hands them back")
    return problem(sentence, how_to_start())


def waiting() -> Finding:
    """Renders that no running worker can do; if no worker runs, the check of the workers says so."""
    alive = live_workers()
    claimable = Render.objects.claimable()
    stuck = claimable.exclude(pk__in=claimable.filter(doable_by(*alive)).values("pk")) if alive else claimable.none()
    if (first := stuck.order_by("created").first()) is None:
        return ok("none that has to wait for another worker than those that run")
    needs = Needs.of(first)
    sentence = f"{words.counted(stuck.count(), 'render')} that no worker can do: {why_nobody_can(needs, alive)}"
    return warning(sentence, _what_would_do(needs, alive))


def _what_would_do(needs: Needs, alive: list[LiveWorker]) -> str:
    backbone = BACKBONES.get(needs.network)
    if backbone and not any(worker.has_network(needs.network) for worker in alive):
        return f"where a worker runs: {backbone.remedy}"
    return "start a worker that has what it needs, or cancel it at /queue/"


def failed() -> Finding:
    """Failed renders stay until somebody retries or deletes them."""
    count = Render.objects.failed().count()
    if not count:
        return ok("none")
    return warning(words.counted(count, "render"), 'as staff, "Try all again" at /queue/, or delete them in /admin/')
