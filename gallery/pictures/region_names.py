"""What painted regions are called: read from a form, kept in the masks' files, and used where numbers do not match."""

from collections.abc import Mapping, Sequence

import numpy
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from transfer.errors import MaskError
from transfer.labels import CHUNK, LabelMap, as_text, names_in
from transfer.style.matching import Matched, match
from transfer.style.regions import UNGUIDED, UNUSED, check_labels, labels

OTHERWISE = {0: "not painted", UNGUIDED: "unguided", UNUSED: "unused"}


def read(text: str) -> dict[int, str]:
    """The names in a form, as in {"1": "water"}; raises ValidationError with one sentence."""
    try:
        return names_in(text) if text.strip() else {}
    except MaskError as error:
        raise ValidationError(str(error)) from error


def corresponding(found: Sequence[Image.Image], names: Mapping[int, str]) -> tuple[Image.Image, ...]:
    """The content's mask and the styles' with these names; matched by them where a named region has no counterpart.

    Raises MaskError where one without a name has none.
    """
    content, *styles = found
    alone = set(labels(content)) ^ {label for style in styles for label in labels(style)}
    if not alone or not alone <= names.keys():
        check_labels(content, styles)
        return tuple(_named(mask, names) for mask in found) if names else tuple(found)
    matched = match(_map(content, names), [_map(style, names) for style in styles])
    if not matched.takes:
        raise MaskError("No region of the content has a counterpart in a style: paint one in both.")
    return of_places(matched)


def of_places(matched: Matched) -> tuple[Image.Image, ...]:
    """The masks whose labels were matched, the content's first; they name their regions."""
    return tuple(_named(mask, matched.names) for mask in (matched.content, *matched.styles))


def stored(name: str) -> dict[int, str]:
    """The names that people gave, in a stored mask; none where it has none, or cannot be read any more."""
    try:
        with default_storage.open(name) as file, Image.open(file, formats=("PNG",)) as image:
            image.load()
            found = names_in(str(image.info[CHUNK])) if CHUNK in image.info else {}
    except (OSError, MaskError):
        return {}
    return {label: called for label, called in found.items() if called not in (OTHERWISE[0], f"region {label}")}


def _map(mask: Image.Image, names: Mapping[int, str]) -> LabelMap:
    return LabelMap(numpy.array(mask, dtype=numpy.uint8), _of(mask, names))


def _named(mask: Image.Image, names: Mapping[int, str]) -> Image.Image:
    """A copy that names its labels, which goes into its file."""
    copy = mask.copy()
    copy.info[CHUNK] = as_text(_of(mask, names))
    return copy


def _of(mask: Image.Image, names: Mapping[int, str]) -> dict[int, str]:
    """A name for every label of a mask."""
    return {label: names.get(label) or OTHERWISE.get(label, f"region {label}") for label in labels(mask)}
