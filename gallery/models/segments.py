"""Segments: the children of a film under way, which any worker may paint."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gallery.models.files import FileReference, file_index
from gallery.models.leases import CLOCKS_DIFFER_BY
from gallery.models.querysets import PartQuerySet
from gallery.models.queued import Status

WAITS = "waits"  # a holder's name, of one that goes on from the one before it, until that is painted
HELD_FOR = datetime.timedelta(seconds=20)  # without a sign of life: so much of a killed worker's time is lost


class SegmentQuerySet(PartQuerySet["Segment"]):
    """Segments."""

    def painted(self) -> Self:
        """Those that are done."""
        return self.filter(file__isnull=False)

    def free(self) -> Self:
        """Those that are to be painted and that nobody holds, or nobody that was heard of lately.

        One that is held for longer than can be was taken before a clock was set back.
        """
        now = timezone.now()
        is_held = Q(until__gte=now, until__lte=now + HELD_FOR + CLOCKS_DIFFER_BY)
        return self.filter(Q(until__isnull=True) | ~is_held, file__isnull=True).exclude(holder=WAITS)

    def given_up(self) -> Self:
        """Those of films that were cancelled, which begin anew if they are tried again."""
        return self.filter(render__status=Status.CANCELED)

    def held_as(self, holder: str) -> Self:
        """The one that was taken by this name: the fence."""
        return self.filter(holder=holder, file__isnull=True)


class Segment(models.Model):
    """Frames `first` to `last` of a film, the last one included, all of one shot.

    `holder` is the name by which it was taken last, another one each time, and `until` how long whoever took it need
    not be heard of; one that `WAITS` cannot be taken yet. `file` is the film of it, once it is painted. Segments go
    when their film is published or cancelled; those of one that failed stay, since it may be tried again.
    """

    render = models.ForeignKey("gallery.Render", models.CASCADE, related_name="segments")
    number = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    shot_first = models.PositiveIntegerField()
    shot_last = models.PositiveIntegerField()
    holder = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField(null=True)
    file = FileReference()

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [file_index("file")]
        constraints = [models.UniqueConstraint(fields=["render", "number"], name="one_segment_of_a_number")]

    def __str__(self) -> str:
        return f"segment {self.number} of {self.render_id}"
