"""Leases: how long a render that a worker holds may stay in progress without a heartbeat."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone

LEASE_LASTS = datetime.timedelta(seconds=90)
CLOCKS_DIFFER_BY = datetime.timedelta(seconds=60)  # at most, between machines that share a database


class LeaseQuerySet(models.QuerySet["Lease"]):
    """Leases."""

    def current(self) -> Self:
        """Leases that have not run out.

        A lease that ends further away than any lease can was given before the clock was set back. Nobody would miss
        its worker for as long as the clock jumped, so it counts as run out.
        """
        now = timezone.now()
        return self.filter(until__gte=now, until__lte=now + LEASE_LASTS + CLOCKS_DIFFER_BY)

    def give(self, render_id: object) -> None:
        """The first lease of an attempt that has just claimed its render, in the transaction of the claim."""
        now = timezone.now()
        self.update_or_create(
            render_id=render_id, defaults={"until": now + LEASE_LASTS, "painted_seconds": 0.0, "counted": now}
        )

    def renew(self, painted_seconds: float) -> int:
        """Makes leases last from now on, and counts the work done since they were renewed last; gives their number."""
        now = timezone.now()
        return self.update(until=now + LEASE_LASTS, painted_seconds=F("painted_seconds") + painted_seconds, counted=now)


class Lease(models.Model):
    """What the heartbeat of a render in progress writes every ten seconds. It goes when the render is let go.

    `until` says how long its worker need not be heard of. `painted_seconds` is the work of this attempt so far, and
    `counted` when that was last counted; both are added to the render's row when it is let go.

    It is a row of its own, and none of its columns but the key is in an index, so that a heartbeat rewrites one short
    row. Who holds the render is on the render's row: its `worker` and, for the fence, its `attempt`.
    """

    render = models.OneToOneField("gallery.Render", models.CASCADE, primary_key=True, related_name="lease")
    until = models.DateTimeField()
    painted_seconds = models.FloatField(default=0)
    counted = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"render {self.render_id} until {self.until:%H:%M:%S}"
