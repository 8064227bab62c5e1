"""Named settings for any pair of pictures, and all presets as the studio offers them: these, and the cookbook's.

`looks.toml` lists the named settings; `presets.py` reads the cookbook. A preset of the studio says nothing of the size,
the seed, or what pictures are there.
"""

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gallery.recipes.fields import initial
from gallery.studio.presets import Change, Preset, cookbook, thumbnail_of
from gallery.studio.recipe_files import FileFault, Written, checked, tables
from transfer.kinds import STYLE, Kind, kind_of
from transfer.recipes.base import ESSENTIALS, beside, group_of
from transfer.recipes.style import BALANCE, StyleRecipe

FILE = Path(__file__).with_name("looks.toml")
ARTICLE = re.compile(r"^(An?|The)\b")  # which is no part of a name
OF_THE_PICTURE = {"image_size", "seed", "init", "regions", "region_count"}


class _Entry(Written):
    name: str
    title: str
    purpose: str
    recipe: dict[str, Any] = {}


class _Page(Written):
    """The file as it is written."""

    look: tuple[_Entry, ...]


@dataclass(frozen=True)
class Look:
    """Named settings; any pictures will do, so there are none to bring."""

    name: str
    title: str
    purpose: str
    recipe: StyleRecipe
    to_bring: Mapping[str, str]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A preset as the studio offers it.

    `values` are the form's by field, as a browser sends them: those that are not the default. `pictures` says what it
    was made for, empty where any pictures will do.
    """

    name: str
    title: str
    purpose: str
    values: str
    pictures: str = ""

    @property
    def thumbnail(self) -> str:
        """The static file that shows what comes out; empty where there is none."""
        return thumbnail_of(self.name)


def read(path: Path) -> tuple[Look, ...]:
    """The looks in a file. Raises FileFault with one sentence about what is wrong in it."""
    return tuple(
        Look(
            each.name,
            each.title,
            each.purpose,
            checked(StyleRecipe, each.recipe, f"{path.name}, “{each.name}”, recipe"),
            {},
        )
        for each in checked(_Page, tables(path), path.name).look
    )


@functools.cache
def looks() -> tuple[Look, ...]:
    """The project's own; none where the file is at fault, which a test finds."""
    try:
        return read(FILE)
    except FileFault:
        return ()


def named(name: str) -> Preset | Look | None:
    """The look or the preset of the cookbook of that name, if there is one."""
    return next((look for look in looks() if look.name == name), None) or cookbook().named(name)


def offers(kind: Kind) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
    """The looks, which are for style transfer, and the cookbook's presets of this kind."""
    named, of_the_cookbook = _presets(kind)
    return tuple(map(_offer, named)), tuple(map(_offer, of_the_cookbook))


def fields(kind: Kind) -> list[str]:
    """The form's fields that choosing a preset sets: the essential ones, balance, and whatever else any preset sets."""
    named, of_the_cookbook = _presets(kind)
    every: list[Preset | Look] = [*named, *of_the_cookbook]
    set_by_any = {name for preset in every for name in preset.recipe.model_fields_set}
    return [
        name
        for name, field in kind.recipe.model_fields.items()
        if (group_of(field) in (ESSENTIALS, BALANCE) or name in set_by_any)
        and beside(field) is None
        and name not in OF_THE_PICTURE
    ]


def _presets(kind: Kind) -> tuple[Sequence[Look], Sequence[Preset]]:
    return looks() if kind is STYLE else (), cookbook().kinds.get(kind, [])


def _offer(preset: Preset | Look) -> Offer:
    kind = kind_of(preset.recipe)
    default, values = initial(kind.recipe()), initial(preset.recipe)
    told = {name: _as_sent(values[name]) for name in fields(kind) if values[name] != default[name]}
    return Offer(preset.name, preset.title, preset.purpose, json.dumps(told), _pictures(preset))


def _pictures(preset: Preset | Look) -> str:
    """What pictures it was made for, such as "a world × Italy"."""
    if isinstance(preset, Look):
        return ""
    named = (preset.to_bring.get(role) or preset.samples[role].title for role in preset.sources)
    return " × ".join(ARTICLE.sub(lambda found: found[0].lower(), name) for name in named)


def _as_sent(value: Any) -> str:
    return ("on" if value else "") if isinstance(value, bool) else str(value)
