"""What people say about renders: tags, likes, favourites, collections."""

import time
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gallery.models.owned import Owned, OwnedQuerySet
from gallery.models.querysets import CollectionEntryQuerySet, CollectionQuerySet, FavouriteQuerySet, TagQuerySet

LONGEST_TAG = 40  # characters


class Tag(models.Model):
    """A word that renders are found by, in lower case."""

    name = models.CharField(max_length=LONGEST_TAG, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Mark(Owned):
    """A person's mark on a render, at most one of its kind."""

    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["render", "owner"], name="one_%(class)s_by_a_user"),
            models.UniqueConstraint(
                fields=["render", "visitor"], condition=~Q(visitor=""), name="one_%(class)s_by_a_visitor"
            ),
        ]


class Like(Mark):
    """Seen by everybody, as a number."""

    render = models.ForeignKey("gallery.Render", models.CASCADE, related_name="+")

    objects = OwnedQuerySet["Like"].as_manager()

    class Meta(Mark.Meta):
        pass

    def __str__(self) -> str:
        return f"like of {self.render_id}"


class Favourite(Mark):
    """Seen by its person alone."""

    render = models.ForeignKey("gallery.Render", models.CASCADE, related_name="favourites")

    objects = FavouriteQuerySet.as_manager()

    class Meta(Mark.Meta):
        pass

    def __str__(self) -> str:
        return f"favourite {self.render_id}"


class Collection(Owned):
    """Renders that somebody put together, in their order.

    Staff choose which are `featured` on the first page, those with the lowest `place` first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=2000, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    featured = models.BooleanField(default=False, help_text="Shown on the first page.")
    place = models.PositiveSmallIntegerField(default=0, help_text="On the first page, the lowest goes first.")
    renders = models.ManyToManyField("gallery.Render", through="CollectionEntry", related_name="collections")

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page with its renders."""
        return reverse("collection", args=[self.id])


class CollectionEntry(models.Model):
    """A render's place in a collection: the highest goes first, which is the last added until somebody moves one."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    render = models.ForeignKey("gallery.Render", models.CASCADE, related_name="+")
    added = models.DateTimeField(auto_now_add=True)
    place = models.FloatField(default=time.time, editable=False)

    objects = CollectionEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-place", "-id"]
        constraints = [models.UniqueConstraint(fields=["collection", "render"], name="once_in_a_collection")]

    def __str__(self) -> str:
        return f"{self.render_id} in {self.collection_id}"
