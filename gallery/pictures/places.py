"""What pictures know of their places, and what takes what where content and styles know theirs."""

import functools
from collections.abc import Mapping, Sequence

import numpy
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from gallery.pictures import masks
from transfer.errors import MaskError
from transfer.labels import LabelMap
from transfer.style.matching import Matched, match
from transfer.style.regions import UNUSED


def labels_in(name: str) -> LabelMap | None:
    """The labels in a stored file; None where there are none, or none that can be read any more."""
    if not name:
        return None
    try:
        with default_storage.open(name) as file:
            return LabelMap.read(file.read())
    except (OSError, MaskError):
        return None


def matched(names: Sequence[str]) -> Matched | None:
    """The masks of a content and of styles by the names of their places, if all of them know theirs.

    `names` are those of the stored labels, the content's first; empty for a picture without.
    """
    return match_all([labels_in(name) for name in names]) if all(names) else None


def match_all(maps: Sequence[LabelMap | None]) -> Matched | None:
    """The same, of the maps themselves; None for a picture without."""
    found = [labels for labels in maps if labels is not None]
    return match(found[0], found[1:]) if 2 <= len(found) == len(maps) else None


@functools.lru_cache(maxsize=256)
def by_name(stored_masks: tuple[str, ...], names: tuple[str, ...]) -> Mapping[str, str]:
    """What takes what, if these stored masks are those that `matched` gives for these labels; else nothing.

    Both are names of files, the content's first. Files never change, since their names identify the content.
    """
    try:
        found = matched(names) if stored_masks else None
        given = list(map(masks.stored, stored_masks)) if found else []
    except ValidationError:
        return {}
    if found is None or not _are_alike(given, (found.content, *found.styles)):
        return {}
    return found.takes


def _are_alike(given: Sequence[Image.Image], wanted: Sequence[Image.Image]) -> bool:
    """Whether masks are equal but for what is not used: renders of before say more of their styles' borders."""
    if [each.size for each in given] != [each.size for each in wanted]:
        return False
    pairs = ((numpy.asarray(each), numpy.asarray(other)) for each, other in zip(given, wanted, strict=True))
    return all(bool(((each == other) | (other == UNUSED)).all()) for each, other in pairs)


@functools.lru_cache(maxsize=256)
def sentences(names: tuple[str, ...]) -> tuple[str, ...]:
    """What takes what, in words. Files never change, since their names identify the content."""
    found = matched(names)
    return tuple(found.sentences()) if found else ()
