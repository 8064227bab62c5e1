"""Sweeps: many renders that differ in a setting or two, or in their pictures, to choose from."""

import uuid

from django.db import models
from django.urls import reverse

from gallery.models.owned import Owned, OwnedQuerySet


class Sweep(Owned):
    """A grid of renders that differ in one or two settings or roles.

    `axes` has one or two, as `studio.sweeps.axes.Axis` writes them: the first runs along the columns, the second along
    the rows. The renders hold their place in it.
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
