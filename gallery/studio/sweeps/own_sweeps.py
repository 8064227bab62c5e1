"""A person's sweeps as their page lists them."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render, Status, Sweep
from gallery.queueing.forecast import shared_forecast
from gallery.queueing.workers import live_workers
from gallery.studio.sweeps.contact_sheet import axes_of, title_of

SHOWN = 100


@dataclass(frozen=True)
class OwnSweep:
    """A sweep with how many renders it has, and how many are finished.

    `pictures` are the content and the style of one of them, and `pair` is their pair where all share it. `starts_in`
    are the seconds until the first starts, where that can be told and none has.
    """

    sweep: Sweep
    title: str
    total: int
    finished: int
    pictures: list[Picture]
    pair: Pair | None
    starts_in: float | None


def own_sweeps(person: Person) -> list[OwnSweep]:
    """The latest first."""
    renders = Render.objects.visible_to(person)
    counts = {
        "total": Count("renders"),
        "finished": Count("renders", filter=Q(renders__status=Status.COMPLETED)),
        "waiting": Count("renders", filter=Q(renders__status=Status.PENDING)),
    }
    own = Sweep.objects.visible_to(person).belonging_to(person)
    sweeps = list(own[:SHOWN])
    counted = own.filter(pk__in=[sweep.pk for sweep in sweeps]).annotate(**counts).values_list("pk", *counts)
    numbers: dict[uuid.UUID, tuple[int, int, int]] = dict.fromkeys((sweep.pk for sweep in sweeps), (0, 0, 0))
    numbers |= {row[0]: (row[1], row[2], row[3]) for row in counted}
    used = dict(renders.filter(sweep__in=sweeps).order_by().values_list("sweep", "pair").distinct())
    pairs = Pair.objects.visible_to(person).with_pictures().in_bulk(used.values())
    all_wait = [sweep for sweep in sweeps if 0 < numbers[sweep.pk][2] == numbers[sweep.pk][0]]
    starts = _starts(all_wait)
    found = []
    for sweep in sweeps:
        total, finished, _ = numbers[sweep.pk]
        axes, pair = axes_of(sweep), pairs.get(used.get(sweep.pk))
        shared = None if any(axis.is_of_pictures for axis in axes) else pair
        pictures = [pair.content, pair.style] if pair else []
        wait = starts.get(sweep.pk)
        found.append(OwnSweep(sweep, title_of(axes), total, finished, pictures, shared, wait))
    return found


def _starts(waiting: list[Sweep]) -> dict[uuid.UUID, float]:
    """Seconds until the first render of each of these starts."""
    if not waiting:
        return {}
    found: dict[uuid.UUID, float] = {}
    starts = shared_forecast(live_workers()).starts
    for sweep, render in Render.objects.filter(sweep__in=waiting).values_list("sweep", "pk"):
        if sweep is not None and render in starts:
            found[sweep] = min(starts[render], found.get(sweep, starts[render]))
    return found
