"""Pictures that people brought, and pairs of a content and a style."""

import re
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gallery.models.files import FileReference, file_index
from gallery.models.owned import Owned
from gallery.models.querysets import PairQuerySet, PictureQuerySet
from transfer.credits import LONGEST_AUTHOR, LONGEST_LICENCE, LONGEST_SOURCE, Credit
from transfer.cropping import LONGEST_TEXT, Crop
from transfer.film.footage import Footage

ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
WHAT_FOR = re.compile(r"^(content|style)[_-]", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"_+|(?<=[^\W\d])-(?=[^\W\d])")


class Thumbnail(models.Model):
    """A small version of a picture, and what to show while it loads.

    `thumbnail_widths` are those of all versions, in px, parted by spaces; none where the one file is all there is.
    """

    thumbnail = FileReference()
    thumbnail_width = models.PositiveIntegerField(default=0)
    thumbnail_height = models.PositiveIntegerField(default=0)
    thumbnail_widths = models.CharField(max_length=40, blank=True, editable=False)
    placeholder = models.CharField(max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes = [file_index("thumbnail")]


class Mapped(models.Model):
    """What is known of the places in a picture: a grey PNG of 16 bits, an indexed one that names its labels, GeoJSON.

    All have the picture's size; see `transfer.labels`, `transfer.synthesis.made` and `transfer.synthesis.exports`.
    """

    elevation = FileReference()
    labels = FileReference()
    rivers = FileReference()

    class Meta:
        abstract = True
        indexes = [file_index("elevation"), file_index("labels"), file_index("rivers")]


class Filmed(models.Model):
    """What moves, where a row is a film: its picture is a frame of it. Without a film, frames and seconds are 0."""

    width: Any
    height: Any
    film = FileReference()
    film_frames = models.PositiveIntegerField(default=0, editable=False)
    film_seconds = models.FloatField(default=0, editable=False)

    class Meta:
        abstract = True
        indexes = [file_index("film")]

    @property
    def footage(self) -> tuple[int, int]:
        """Width and height in px, of a film as `Footage`."""
        size = (self.width, self.height)
        return Footage(size, self.film_frames, self.film_seconds) if self.film_frames else size


class Credited(models.Model):
    """Whose a picture is, as `transfer.credits.Credit` has it; empty where nobody said."""

    author = models.CharField(max_length=LONGEST_AUTHOR, blank=True)
    source = models.CharField(max_length=LONGEST_SOURCE, blank=True)
    licence = models.CharField(max_length=LONGEST_LICENCE, blank=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=[name], name=f"%(class)s_{name}") for name in ("author", "licence")]

    @property
    def credit(self) -> Credit:
        """All three."""
        return Credit(author=self.author, source=self.source, licence=self.licence)


class Picture(Owned, Thumbnail, Mapped, Filmed, Credited):
    """Somebody's upload, rebuilt from raw pixels as an sRGB PNG, or one that was made here.

    Equal pictures share one file. `made_by` is the recipe of one that was made, to be read by `transfer.kinds.stored`.
    One that is a part of another picture has that one's hash as `origin_sha256`, and says which part in `crop`, to be
    read by `transfer.cropping`. One that only previews in the studio use passes: it is `wanted_until` then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    file = FileReference(null=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    name = models.CharField(max_length=255, blank=True)
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    made_by = models.JSONField(null=True, blank=True, editable=False)
    origin_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    crop = models.CharField(max_length=LONGEST_TEXT, blank=True, editable=False)
    wanted_until = models.DateTimeField(null=True, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]
        indexes = [
            *Thumbnail.Meta.indexes,
            *Mapped.Meta.indexes,
            *Filmed.Meta.indexes,
            *Credited.Meta.indexes,
            file_index("file"),
            models.Index(fields=["wanted_until"], name="picture_passing", condition=Q(wanted_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    @property
    def title(self) -> str:
        """What people would call it: "Starry night" for style_starry_night.jpg."""
        stem = BETWEEN_WORDS.sub(" ", WHAT_FOR.sub("", ENDING.sub("", self.name))).strip()
        return stem[:1].upper() + stem[1:] or str(self)

    @property
    def crop_in_words(self) -> str:
        """Which part of another picture this is; empty if it is none."""
        return Crop.read(self.crop).in_words() if self.crop else ""


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
        return f"{self.content.title} × {self.style.title}"

    def get_absolute_url(self) -> str:
        """The page with all renders of this pair."""
        return reverse("pair", args=[self.id])
