"""The names of queries, so that they read as sentences where they are used."""

import datetime
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from gallery.models import Pair, Picture, Render
else:
    Pair = Picture = Render = models.Model


class PictureQuerySet(models.QuerySet["Picture"]):
    """Pictures."""

    def sharing_file(self, name: str) -> Self:
        """Pictures whose file or thumbnail is `name`."""
        return self.filter(Q(file=name) | Q(thumbnail=name))


class PairQuerySet(models.QuerySet["Pair"]):
    """Pairs."""

    def with_pictures(self) -> Self:
        """Content and style come along."""
        return self.select_related("content", "style")

    def of(self, picture: "Picture") -> Self:
        """Pairs that use `picture` as content or as style."""
        return self.filter(Q(content=picture) | Q(style=picture))


class RenderQuerySet(models.QuerySet["Render"]):
    """Renders."""

    def with_pictures(self) -> Self:
        """Pair, content and style come along."""
        return self.select_related("pair__content", "pair__style")

    def finished(self) -> Self:
        """Renders that have a picture to show."""
        return self.filter(status="completed")

    def waiting(self) -> Self:
        """Renders that wait for a worker, the next one first."""
        return self.filter(status="pending").order_by("-priority", "created", "id")

    def running(self) -> Self:
        """Renders that a worker holds, the oldest first."""
        return self.filter(status="in_progress").order_by("started", "id")

    def unfinished(self) -> Self:
        """Renders that wait or run."""
        return self.filter(status__in=("pending", "in_progress"))

    def ahead_of(self, render: "Render") -> Self:
        """Waiting renders that will be taken before `render`."""
        older = Q(created__lt=render.created) | Q(created=render.created, id__lt=render.id)
        return self.filter(status="pending").filter(
            Q(priority__gt=render.priority) | (Q(priority=render.priority) & older)
        )

    def older_than(self, created: datetime.datetime, identifier: uuid.UUID) -> Self:
        """Renders after a place in the newest-first order."""
        return self.filter(Q(created__lt=created) | Q(created=created, id__lt=identifier))

    def held_by(self, worker: str) -> Self:
        """Renders in progress that were claimed under this worker's name."""
        return self.running().filter(worker=worker)

    def held_by_attempt(self, render: "Render") -> Self:
        """`render`'s row, as long as the attempt that `render` was claimed under holds it: the fence."""
        return self.filter(pk=render.pk, status="in_progress", attempt=render.attempt)

    def let_wait_again(self) -> int:
        """Puts renders that were claimed back among those that wait; gives their number."""
        return self.order_by().update(status="pending", worker="", started=None)

    def sharing_file(self, name: str) -> Self:
        """Renders whose output or thumbnail is `name`."""
        return self.filter(Q(output=name) | Q(thumbnail=name))
