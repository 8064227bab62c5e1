"""Sweeps: one pair rendered by many recipes, to choose from."""

import uuid

from django.db import models
from django.urls import reverse

from gallery.models.owned import Owned, OwnedQuerySet


class Sweep(Owned):
    """A grid of renders that differ in one or two fields.

    `axes` has one or two {"field": name in its recipe, "values": [...]}: the first runs along the columns, the second
    along the rows. The renders hold their place in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    axes = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["Sweep"].as_manager()

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return " × ".join(str(axis["field"]) for axis in self.axes)

    def get_absolute_url(self) -> str:
        """The contact sheet."""
        return reverse("sweep", args=[self.id])
