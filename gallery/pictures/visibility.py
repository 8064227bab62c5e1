"""Which stored files a person may see: those that a row needs which they may see."""

from typing import Any

from gallery.accounts.person import Person
from gallery.models import StoredFile
from gallery.pictures import blobs


def is_visible(name: str, person: Person) -> bool:
    """Whether some row refers to the stored file `name`, or to one that it is a version of, and shows it to `person`.

    Where nothing is hidden from them, no row is looked up: what no row needs any more is deleted.
    """
    rows: list[tuple[Any, str]] = [
        (model._default_manager.visible_to(person), field)  # type: ignore[attr-defined]
        for model, field in StoredFile.references()
    ]
    if not any(each.query.where for each, _ in rows):
        return True
    return any(each.filter(**{field: blobs.original(name)}).exists() for each, field in rows)
