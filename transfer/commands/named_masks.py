"""Masks that name their labels are matched by name."""

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from transfer.inputs import Input, Role
from transfer.labels import LabelMap
from transfer.style.matching import match
from transfer.style.regions import agreed


def matched_by_name(inputs: Sequence[Input]) -> tuple[list[Input], list[str]]:
    """`inputs` with masks whose labels belong together, and what takes what, a sentence each.

    Where a mask does not name its labels, equal colours are equal labels. Raises MaskError for names that are wrong.
    """
    masks = sorted((each for each in inputs if each.role == Role.MASK), key=lambda each: each.place)
    maps = [LabelMap.in_picture(each.picture) for each in masks]
    content, *styles = maps or [None]
    named = [each for each in styles if each is not None]
    if content is None or not named or len(named) < len(styles) or masks[0].place != 0:
        return _with_masks(inputs, masks, agreed([each.picture for each in masks])), []
    found = match(content, named)
    return _with_masks(inputs, masks, (found.content, *found.styles)), found.sentences()


def _with_masks(inputs: Sequence[Input], masks: Sequence[Input], found: Sequence[Image.Image]) -> list[Input]:
    pictures = dict(zip((each.place for each in masks), found, strict=True))
    return [replace(each, picture=pictures[each.place]) if each.role == Role.MASK else each for each in inputs]
