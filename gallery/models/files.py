"""Stored files as rows: what is stored, and, by foreign keys, what needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.storage import Storage, default_storage
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

HASH = r"[0-9a-f]{2}/[0-9a-f]{64}"
TYPES = {
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class FileKind:
    """A kind of stored files: the folder where they are, what their names end in, and whether anybody may fetch them.

    Versions are smaller ones that are named after a file; they have no rows of their own.
    """

    folder: str
    endings: tuple[str, ...]
    is_served: bool = True
    version: str = ""

    @property
    def names(self) -> str:
        """A regular expression of the names that may be fetched."""
        endings = "|".join(map(re.escape, self.endings))
        return rf"{self.folder}/{HASH}(?:{endings}{f'|{self.version}' if self.version else ''})"


DERIVED = FileKind(
    "derived", (".webp", ".avif", ".mp4", ".png"), is_served=False
)  # made of outputs, and made again at any time
KINDS = {
    kind.folder: kind
    for kind in (
        FileKind("pictures", (".png",)),
        FileKind("thumbnails", (".webp",), version=r"-\d{1,4}\.(?:avif|webp)"),
        FileKind("renders", (".png", ".jpg")),  # outputs, and last pictures of what was cancelled
        FileKind("masks", (".png",)),
        FileKind("maps", (".png", ".geojson")),  # elevations, labels and rivers
        FileKind("frames", (".webp",)),
        FileKind("films", (".mp4",), is_served=False),  # but by the address of their render
        FileKind("segments", (".mp4",), is_served=False),
        FileKind("clips", (".clip",), is_served=False),  # as somebody sent them
        DERIVED,
    )
}
SERVED = re.compile("|".join(kind.names for kind in KINDS.values() if kind.is_served))


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Stored files."""

    def used(self) -> StoredFileQuerySet:
        """Those that some row needs. Each of the ways to need one is an index."""
        needed = [
            Exists(model._default_manager.filter(**{field: OuterRef("pk")}).order_by())
            for model, field in StoredFile.references()
        ]
        return self.filter(Q(*needed, _connector=Q.OR))


class StoredFile(models.Model):
    """A file in the storage. Its name begins with its kind's folder; `size` is in bytes, None where nobody looked."""

    name = models.CharField(max_length=120, primary_key=True)
    size = models.BigIntegerField(null=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def __bool__(self) -> bool:
        return bool(self.name)

    @classmethod
    def named(cls, name: str | None, using: str = "default") -> StoredFile:
        """The file of that name, its row not read before somebody asks for more; a file that is none for None."""
        return cls(name="") if not name else cls.from_db(using, ["name"], [name])

    @classmethod
    def references(cls) -> list[tuple[type[models.Model], str]]:
        """Every model's every field that names a stored file."""
        return [
            (relation.related_model, relation.field.name)
            for relation in cls._meta.get_fields(include_hidden=True)
            if isinstance(relation, models.ManyToOneRel) and relation.related_model is not None
        ]

    @property
    def url(self) -> str:
        """Its address."""
        return str(default_storage.url(self.name))

    @property
    def storage(self) -> Storage:
        """Where it is."""
        return default_storage

    def open(self, mode: str = "rb") -> IO[Any]:
        """The file itself. Raises OSError."""
        return default_storage.open(self.name, mode)


class _ByName(ForwardManyToOneDescriptor):
    """Reads a reference without a query, and takes names too. There is always a file, perhaps one without a name."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """The file; the descriptor itself, asked of the class."""
        if instance is None:
            return self
        return super().__get__(instance, cls) or StoredFile.named(None)

    def get_object(self, instance: models.Model) -> StoredFile:
        """Made from the name alone."""
        return StoredFile.named(getattr(instance, self.field.attname), instance._state.db or "default")

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Takes a file, its name, or what stands for none."""
        super().__set__(instance, StoredFile.named(value) if value and isinstance(value, str) else value or None)


class FileReference(models.ForeignKey):
    """A foreign key to a stored file, in a column that holds its name. Declare an index: `file_index` makes one."""

    forward_related_accessor_class = _ByName

    def __init__(self, to: Any = "gallery.StoredFile", on_delete: Any = models.PROTECT, **options: Any) -> None:
        null = options.setdefault("null", True)
        super().__init__(to, on_delete, **{"related_name": "+", "db_index": False, "blank": null, **options})

    def contribute_to_class(self, cls: Any, name: str, *args: Any, **options: Any) -> None:
        """The column is called what the field is."""
        self.db_column = self.db_column or name
        super().contribute_to_class(cls, name, *args, **options)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """An empty name stands for none, as everywhere else."""
        return super().get_db_prep_save(value or None, connection)

    def clone(self) -> Any:
        """Another one like it. What `deconstruct` leaves out is what a plain foreign key has by default."""
        _, _, args, options = self.deconstruct()
        return self.__class__(*args, **{"null": False, "blank": False, **options})

    def deconstruct(self) -> Any:
        """To migrations it is a plain foreign key."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, options


def file_index(field: str) -> models.Index:
    """The index by which it is known what needs a file; rows without one are not in it."""
    return models.Index(fields=[field], name=f"%(class)s_{field}", condition=Q(**{f"{field}__isnull": False}))
