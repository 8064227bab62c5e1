"""Renders: what was asked for, how it goes, and what came of it."""

import uuid
from collections import defaultdict

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.text import capfirst

from gallery.models.community import Tag
from gallery.models.files import FileReference, file_index
from gallery.models.needs import Needing
from gallery.models.owned import Owned
from gallery.models.pictures import Filmed, Mapped, Pair, Picture, Thumbnail
from gallery.models.querysets import PartQuerySet, RenderQuerySet
from gallery.models.queued import Queued
from gallery.models.sweeps import Sweep
from gallery.models.turns import is_small
from transfer import kinds
from transfer.inputs import Role
from transfer.kinds import STYLE, Kind
from transfer.metadata import Provenance
from transfer.recipes.base import Recipe

# Whatever the gallery is filtered by is in its indexes, so that it walks along one of them and reads no other row. They
# hold only what is in the gallery, so that nothing is written to them while a render waits or is painted.
FILTERED_BY = ["image_size", "backbone", "kind_name", "owner", "visitor", "pair", "words"]


class Render(Owned, Queued, Needing, Thumbnail, Mapped, Filmed):
    """One rendering of pictures by a recipe, and what came of it. A re-render is a new row with a parent.

    `inputs` are the pictures (models/inputs.py). `pair` groups renders of one content and one first style; there is
    none where a kind of work does not take both.

    `image_size` is the recipe's, kept by the database for queries. `last_picture` is what a cancelled render looked
    like. `curve` is the loss as [step, total] in order; `palette` are the output's main colours as "#rrggbb". `likes`
    counts the rows of Like. `sweep_place` is its place in its sweep, row by row. `words` is what it is found by
    (search.py). `backbone` is the recipe's, `kind_name` its kind's, `area` the output's in pixels, and `in_gallery` 1
    for what everybody sees there: finished, and of a sweep only what somebody liked or gave a title. The database keeps
    these four.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="renders", null=True, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    recipe_json = models.JSONField("recipe")
    image_size = models.GeneratedField(
        expression=Cast(KT("recipe_json__image_size"), models.PositiveIntegerField()),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )
    created = models.DateTimeField(auto_now_add=True)
    last_picture = FileReference()
    output = FileReference()
    output_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    provenance = models.JSONField(default=dict, editable=False)
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
    kind_name = models.GeneratedField(
        expression=Cast(Coalesce(KT("recipe_json__kind"), Value(STYLE.name)), models.CharField(max_length=40)),
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
            *Thumbnail.Meta.indexes,
            *Mapped.Meta.indexes,
            *Filmed.Meta.indexes,
            file_index("output"),
            file_index("last_picture"),
            models.Index(fields=["status", "-created", "-id"], name="render_newest"),
            models.Index(fields=["wanted_until"], name="render_passing", condition=Q(wanted_until__isnull=False)),
            *(
                models.Index(
                    fields=["in_gallery", *order, *FILTERED_BY], name=f"gallery_{name}", condition=Q(in_gallery=1)
                )
                for name, order in (
                    ("newest", ["-created", "-id", "likes", "area"]),
                    ("liked", ["-likes", "-created", "-id", "area"]),
                    ("largest", ["-area", "-created", "-id", "likes"]),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.recipe_json.get('image_size', '?')} px"

    def get_absolute_url(self) -> str:
        """The page where this render is watched and, later, looked at."""
        return reverse("render", args=[self.id])

    @property
    def is_small(self) -> bool:
        """Whether it takes so little time that it goes before large ones."""
        return is_small(self.image_size, self.is_long)

    @property
    def recipe(self) -> Recipe:
        """The recipe, mended where that is necessary: `recipe_remarks` say how."""
        return kinds.stored(self.recipe_json).recipe

    @property
    def recipe_remarks(self) -> tuple[str, ...]:
        """A sentence for each thing in the stored recipe that could not be taken as it stands."""
        return kinds.stored(self.recipe_json).remarks

    @property
    def kind(self) -> Kind:
        """The kind of work that it is."""
        return kinds.kind_of(self.recipe)

    @property
    def made(self) -> Provenance | None:
        """Everything that made the output, as far as that was stored and can be read."""
        try:
            return Provenance.model_validate(self.provenance) if self.provenance else None
        except (ValueError, TypeError):
            return None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px: of the output, or of what it will be."""
        if self.width and self.height:
            return self.width, self.height
        return self.kind.foresees.size(self.recipe, self._sizes)

    @property
    def _sizes(self) -> kinds.Sizes:
        """Those of the pictures by their roles; of its pair alone where there is one, which lists have at hand."""
        if self.pair is not None:
            pictures = [(Role.CONTENT, self.pair.content), (Role.STYLE, self.pair.style)]
        else:
            pictures = [(Role(each.role), each.picture) for each in self.inputs.all() if each.picture is not None]
        found: dict[Role, list[kinds.Size]] = {}
        for role, picture in pictures:
            found.setdefault(role, []).append(picture.footage)
        return found

    @property
    def main_pictures(self) -> list[Picture]:
        """What stands for it until it has a picture: content and style of its pair; without one, all its pictures."""
        if self.pair is not None:
            return [self.pair.content, self.pair.style]
        return [each.picture for each in self.inputs.all() if each.picture is not None]

    @property
    def name(self) -> str:
        """What it is called where nobody gave it a title: as its pair is, or as its kind says of its pictures."""
        if self.pair is not None:
            return str(self.pair)
        titles = defaultdict[str, list[str]](list)
        for each in self.inputs.all():
            if each.picture is not None:
                titles[each.role].append(each.picture.title)
        named = {role.value: " and ".join(map(_in_a_sentence, titles[role])) or "a picture" for role in Role}
        return capfirst(self.kind.makes.format(**named))


def _in_a_sentence(title: str) -> str:
    """`A world` as what a dream is of: its article begins no sentence there."""
    article, space, rest = title.partition(" ")
    return f"{article.lower()}{space}{rest}" if rest and article in ("A", "An", "The") else title


class Frame(models.Model):
    """What a render looked like at the end of a rung: a WebP, kept for its time-lapse."""

    render = models.ForeignKey(Render, models.CASCADE, related_name="frames")
    place = models.PositiveSmallIntegerField()
    file = FileReference(null=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PartQuerySet["Frame"].as_manager()

    class Meta:
        ordering = ["place"]
        indexes = [file_index("file")]
        constraints = [models.UniqueConstraint(fields=["render", "place"], name="one_frame_at_a_place")]

    def __str__(self) -> str:
        return f"frame {self.place} of {self.render_id}"
