"""The workers."""

from django.db import models

from gallery.models.querysets import WorkerQuerySet


class Worker(models.Model):
    """A worker that lives, or did until lately: where it runs, what it paints with, when it was last heard of.

    `memory` is what it may use, in bytes, and `networks` are the backbones whose weights it has: 0 and None where it
    has not said so. `facts` is what was measured on it.
    """

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    device = models.CharField(max_length=200, blank=True)
    memory = models.BigIntegerField(default=0)
    networks = models.JSONField(null=True, default=None)
    facts = models.JSONField(default=dict)
    started = models.DateTimeField(auto_now_add=True)
    seen = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
