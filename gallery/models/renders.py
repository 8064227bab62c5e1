"""Renders: what was asked for, how it goes, and what came of it."""

import time
import uuid

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse

from gallery.models.community import Tag
from gallery.models.needs import Needing
from gallery.models.pictures import Owned, Pair, Picture, Thumbnail
from gallery.models.querysets import RenderQuerySet
from gallery.models.sweeps import Sweep
from transfer.engine.ladder import fit
from transfer.recipes.style import StyleRecipe

# Whatever the gallery is filtered by is in its indexes, so that it walks along one of them and reads no other row.
FILTERED_BY = ["image_size", "backbone", "owner", "visitor", "pair", "words"]


class Status(models.TextChoices):
    """The life of a render: pending, in_progress, then one of the three ends."""

    PENDING = "pending", "waiting"
    IN_PROGRESS = "in_progress", "painting"
    COMPLETED = "completed", "finished"
    FAILED = "failed", "failed"
    CANCELED = "canceled", "cancelled"


class Render(Owned, Thumbnail, Needing):
    """One rendering of a pair by a recipe, and what came of it. A re-render is a new row with a parent.

    `attempt` is the fence: only the attempt that holds the row may publish. `worker` names who holds it, and
    `lease_until` says until when it need not be heard of. `place` orders one person's renders among their equals.
    `crashes` counts the painting processes in a row that died without getting further, `memory_halvings` how often the
    system ended one for want of memory. `painted_seconds` is the work spent so far, over all attempts, and
    `last_painted` when that was last counted. `image_size` is the recipe's, kept by the database for queries. `notes`
    are sentences about what happened on the way; `last_picture` is what a cancelled render looked like.

    `keep` asks the worker to stop and publish what there is. `curve` is the loss as [step, total] in order; `palette`
    are the output's main colours as "#rrggbb". `likes` counts the rows of Like. `sweep_place` is its place in its
    sweep, row by row. `words` is what it is found by (search.py). `backbone` is the recipe's, `area` the output's in
    pixels, and `in_gallery` 1 for what everybody sees there: finished, and of a sweep only what somebody liked or gave
    a title. The database keeps these three.
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
    crashes = models.PositiveSmallIntegerField(default=0, editable=False)
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
    keep = models.BooleanField(default=False, editable=False)
    curve = models.JSONField(default=list, editable=False)
    palette = models.JSONField(default=list, editable=False)
    title = models.CharField(max_length=120, blank=True)
    description = models.TextField(max_length=2000, blank=True)
    tags = models.ManyToManyField(Tag, related_name="renders", blank=True)
    likes = models.PositiveIntegerField(default=0, editable=False)
    sweep = models.ForeignKey(Sweep, models.SET_NULL, null=True, blank=True, related_name="renders")
    sweep_place = models.PositiveSmallIntegerField(default=0, editable=False)

    words = models.CharField(max_length=500, blank=True, editable=False)
    backbone = models.GeneratedField(
        expression=Cast(KT("recipe_json__backbone"), models.CharField(max_length=40)),
        output_field=models.CharField(max_length=40),
        db_persist=True,
    )
    area = models.GeneratedField(
        expression=Cast(F("width"), models.BigIntegerField()) * F("height"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    in_gallery = models.GeneratedField(
        expression=Case(
            When(Q(status="completed") & (Q(sweep__isnull=True) | Q(likes__gt=0) | ~Q(title="")), then=Value(1)),
            default=Value(0),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    objects = RenderQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        indexes = [
            models.Index(fields=["status", "-created", "-id"], name="render_newest"),
            *(
                models.Index(fields=["in_gallery", *order, *FILTERED_BY], name=f"gallery_{name}")
                for name, order in (
                    ("newest", ["-created", "-id", "likes", "area"]),
                    ("liked", ["-likes", "-created", "-id", "area"]),
                    ("largest", ["-area", "-created", "-id", "likes"]),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair} at {self.recipe_json.get('image_size', '?')} px"

    def get_absolute_url(self) -> str:
        """The page where this render is watched and, later, looked at."""
        return reverse("render", args=[self.id])

    @property
    def recipe(self) -> StyleRecipe:
        """The recipe, validated."""
        return StyleRecipe.model_validate(self.recipe_json)

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


class FurtherStyle(models.Model):
    """A render's second style, third, and so on; the first is its pair's. Their weights are the recipe's."""

    render = models.ForeignKey(Render, models.CASCADE, related_name="further_styles")
    place = models.PositiveSmallIntegerField()
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="further_uses")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["render", "place"], name="one_style_at_a_place")]

    def __str__(self) -> str:
        return f"style {self.place} of {self.render_id}"


class Mask(models.Model):
    """Which region each pixel of a render's content (`place` 0) or style (from 1) belongs to.

    `file` is a grey PNG of the picture's size, whose values are labels.
    """

    render = models.ForeignKey(Render, models.CASCADE, related_name="masks")
    place = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=120)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["render", "place"], name="one_mask_at_a_place")]

    def __str__(self) -> str:
        return f"mask {self.place} of {self.render_id}"


class Frame(models.Model):
    """What a render looked like at the end of a rung: a WebP, kept for its time-lapse."""

    render = models.ForeignKey(Render, models.CASCADE, related_name="frames")
    place = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["render", "place"], name="one_frame_at_a_place")]

    def __str__(self) -> str:
        return f"frame {self.place} of {self.render_id}"
