"""Pictures, pairs of a content and a style, renders, and the workers. Their vocabulary lives in querysets.py."""

import time
import uuid

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse

from gallery.querysets import MachineQuerySet, PairQuerySet, PictureQuerySet, RenderQuerySet
from transfer.ladder import fit
from transfer.recipe import Recipe


class Owned(models.Model):
    """Belongs to a user, or else to the visitor whose session made it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    visitor = models.CharField(max_length=32, blank=True, db_index=True, editable=False)

    class Meta:
        abstract = True


class Thumbnail(models.Model):
    """A small version of a picture, and what to show while it loads."""

    thumbnail = models.FileField(max_length=120, blank=True)
    thumbnail_width = models.PositiveIntegerField(default=0)
    thumbnail_height = models.PositiveIntegerField(default=0)
    placeholder = models.CharField(max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True


class Picture(Owned, Thumbnail):
    """Somebody's upload, rebuilt from raw pixels as an sRGB PNG. Equal pictures share one file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    file = models.FileField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    name = models.CharField(max_length=255, blank=True)
    created = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]


class Pair(models.Model):
    """A content picture and a style picture that were rendered together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.ForeignKey(Picture, models.PROTECT, related_name="pairs_as_content")
    style = models.ForeignKey(Picture, models.PROTECT, related_name="pairs_as_style")
    created = models.DateTimeField(auto_now_add=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [models.UniqueConstraint(fields=["content", "style"], name="one_pair_of_content_and_style")]

    def __str__(self) -> str:
        return f"{self.content} × {self.style}"

    def get_absolute_url(self) -> str:
        """The page with all renders of this pair."""
        return reverse("pair", args=[self.id])


class Status(models.TextChoices):
    """The life of a render: pending, in_progress, then one of the three ends."""

    PENDING = "pending", "waiting"
    IN_PROGRESS = "in_progress", "painting"
    COMPLETED = "completed", "finished"
    FAILED = "failed", "failed"
    CANCELED = "canceled", "cancelled"


class Render(Owned, Thumbnail):
    """One rendering of a pair by a recipe, and what came of it. A re-render is a new row with a parent.

    `attempt` is the fence: only the attempt that holds the row may publish. `worker` names who holds it, and
    `lease_until` says until when it need not be heard of. `place` orders one person's renders among their equals.
    `deaths` counts the painting processes in a row that died without getting further, `memory_halvings` how often the
    system ended one for want of memory. `painted_seconds` is the work spent so far, over all attempts, and
    `last_painted` when that was last counted. `image_size` is the recipe's, kept by the database for queries. `notes`
    are sentences about what happened on the way; `last_picture` is what a cancelled render looked like.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="renders")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    recipe_json = models.JSONField("recipe")
    status = models.CharField(max_length=12, choices=Status, default=Status.PENDING)
    priority = models.SmallIntegerField(default=0, help_text="Higher goes first.")
    paused = models.BooleanField(default=False, editable=False)
    place = models.FloatField(default=time.time, editable=False)
    image_size = models.GeneratedField(
        expression=Cast(KT("recipe_json__image_size"), models.PositiveIntegerField()),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )
    attempt = models.PositiveIntegerField(default=0, editable=False)
    worker = models.CharField(max_length=64, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    deaths = models.PositiveSmallIntegerField(default=0, editable=False)
    memory_halvings = models.PositiveSmallIntegerField(default=0, editable=False)
    painted_seconds = models.FloatField(default=0, editable=False)
    last_painted = models.DateTimeField(null=True, editable=False, db_index=True)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True, editable=False)
    finished = models.DateTimeField(null=True, editable=False)
    error = models.CharField(max_length=500, blank=True)
    notes = models.JSONField(default=list, editable=False)
    last_picture = models.FileField(max_length=120, blank=True)
    output = models.FileField(max_length=120, blank=True)
    output_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    provenance = models.JSONField(default=dict, editable=False)

    objects = RenderQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        indexes = [
            models.Index(fields=["status", "-created", "-id"], name="render_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.pair} at {self.recipe_json.get('image_size', '?')} px"

    def get_absolute_url(self) -> str:
        """The page where this render is watched and, later, looked at."""
        return reverse("render", args=[self.id])

    @property
    def recipe(self) -> Recipe:
        """The recipe, validated."""
        return Recipe.model_validate(self.recipe_json)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px: of the output, or of what it will be."""
        if self.width and self.height:
            return self.width, self.height
        content = self.pair.content
        return fit((content.width, content.height), self.recipe.image_size)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to this row."""
        return self.status in (Status.COMPLETED, Status.FAILED, Status.CANCELED)

    @property
    def seconds(self) -> float | None:
        """How long the painting took, over all attempts."""
        if self.finished is not None and self.painted_seconds > 0:
            return self.painted_seconds
        if self.started is None or self.finished is None:
            return None
        return (self.finished - self.started).total_seconds()


class Machine(models.Model):
    """A worker that lives, or did until lately: where it runs, what it paints with, when it was last heard of.

    `memory` is what it may use, in bytes; `facts` is what was measured on it.
    """

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    device = models.CharField(max_length=200, blank=True)
    memory = models.BigIntegerField(default=0)
    facts = models.JSONField(default=dict)
    started = models.DateTimeField(auto_now_add=True)
    seen = models.DateTimeField(db_index=True)

    objects = MachineQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
