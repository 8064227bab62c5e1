"""What people have asked to delete, and may still undo."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone

from gallery.models.owned import Owned, OwnedQuerySet


class RemovalQuerySet(OwnedQuerySet["Removal"]):
    """Removals."""

    def due(self) -> Self:
        """Those that are to be carried out now, the first one first."""
        return self.filter(due__lte=timezone.now()).order_by("due", "id")

    def can_be_undone(self) -> Self:
        """Those that nobody has begun to carry out."""
        return self.filter(begun=False).order_by("due", "id")


class Removal(Owned):
    """A person's wish to delete `renders` and `pictures`, given by their keys. Lists leave them out meanwhile.

    It is carried out once it is `due`; whoever does so marks it as `begun` and moves `due` on, so that another one
    takes over where they do not finish.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    renders = models.JSONField(default=list)
    pictures = models.JSONField(default=list)
    due = models.DateTimeField(db_index=True)
    begun = models.BooleanField(default=False)

    objects = RemovalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{len(self.renders)} renders and {len(self.pictures)} pictures, due {self.due:%H:%M:%S}"
