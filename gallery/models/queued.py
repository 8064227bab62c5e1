"""What the queue keeps on the row of a render."""

import time

from django.db import models

from gallery.models.leases import Lease


class Status(models.TextChoices):
    """The life of a render: pending, in_progress, then one of the three ends."""

    PENDING = "pending", "waiting"
    IN_PROGRESS = "in_progress", "painting"
    COMPLETED = "completed", "finished"
    FAILED = "failed", "failed"
    CANCELED = "canceled", "cancelled"


class Queued(models.Model):
    """Something that waits for a worker, is worked on, and ends.

    `attempt` is the fence: only the attempt that holds the row may publish. `worker` names who holds it, or held it
    last; its lease (leases.py) says until when. `place` orders one person's rows among their equals. `counted_as` is a
    hash of an address, which fairness goes by instead of a visitor whose cookie has not come back yet. `crashes` counts
    the painting processes in a row that crashed without getting further, `memory_halvings` how often one ran out of
    memory. `painted_seconds` is the work spent so far, helpers' too, without what is on the lease, and `last_painted`
    when that was last counted. `notes` are sentences about what happened on the way. `keep` asks the worker to stop and
    publish what there is. `is_long` marks what takes minutes whatever its size, as films do, and so counts as large.
    `yielded` marks what made room for a preview, and is taken before its equals.

    A preview in the studio passes: it is only `wanted_until` then, unless its `tab` asks again. Renders that stay have
    neither.
    """

    status = models.CharField(max_length=12, choices=Status, default=Status.PENDING)
    priority = models.SmallIntegerField(default=0, help_text="Higher goes first.")
    paused = models.BooleanField(default=False, editable=False)
    keep = models.BooleanField(default=False, editable=False)
    is_long = models.BooleanField(default=False, editable=False)
    yielded = models.BooleanField(default=False, editable=False)
    wanted_until = models.DateTimeField(null=True, editable=False)
    tab = models.CharField(max_length=32, blank=True, editable=False)
    place = models.FloatField(default=time.time, editable=False)
    counted_as = models.CharField(max_length=32, blank=True, editable=False)
    attempt = models.PositiveIntegerField(default=0, editable=False)
    worker = models.CharField(max_length=64, blank=True, editable=False)
    crashes = models.PositiveSmallIntegerField(default=0, editable=False)
    memory_halvings = models.PositiveSmallIntegerField(default=0, editable=False)
    painted_seconds = models.FloatField(default=0, editable=False)
    last_painted = models.DateTimeField(null=True, editable=False, db_index=True)
    started = models.DateTimeField(null=True, editable=False)
    finished = models.DateTimeField(null=True, editable=False)
    error = models.CharField(max_length=500, blank=True)
    notes = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    @property
    def passes(self) -> bool:
        """Whether it is a preview in the studio, of which nothing is published."""
        return self.wanted_until is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to this row."""
        return self.status in (Status.COMPLETED, Status.FAILED, Status.CANCELED)

    @property
    def was_painted(self) -> bool:
        """Whether work on it was counted, under this attempt or an earlier one."""
        return self.painted_seconds > 0 or Lease.objects.filter(render=self.pk, painted_seconds__gt=0).exists()

    @property
    def seconds(self) -> float | None:
        """How long the painting took, over all attempts and all workers."""
        if self.finished is not None and self.painted_seconds > 0:
            return self.painted_seconds
        if self.started is None or self.finished is None:
            return None
        return (self.finished - self.started).total_seconds()
