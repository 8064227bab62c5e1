"""The cookbook: recipes that are known to come out well, one file each in `presets/`.

A file says what the recipe is for, what its content and its style are (a picture that is made, or one of your own),
the recipe of the render where it differs from the defaults, and what to change when the result disappoints:

    title = "A satellite picture from a map"
    purpose = "A map that nobody drew becomes the satellite picture of a place that does not exist."

    [content]
    title = "A world"
    kind = "world"
    seed = 7

    [style]
    photo = "a satellite picture with water and land"

    [recipe]
    strength = 0.6

    [[changes]]
    when = "Water turns into land?"
    change = "Choose a style that has water."
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from gallery.studio.recipe_files import FileFault, Written, checked, sample, tables
from gallery.studio.samples import Sample
from transfer.recipes.style import StyleRecipe

FOLDER = Path(__file__).with_name("presets")


class Photo(Written):
    """A picture that people bring: what kind of picture does well here."""

    photo: str


class Change(Written):
    """What to change when something is not as one would like it, which `when` asks."""

    when: str
    change: str


class _Page(Written):
    """A file as it is written; `place` orders the cookbook."""

    title: str
    purpose: str
    place: int = 1000
    content: dict[str, Any]
    style: dict[str, Any]
    recipe: dict[str, Any] = {}
    changes: tuple[Change, ...] = ()


def thumbnail_of(preset: str) -> str:
    """The static file that shows what comes out of a preset; empty where there is none."""
    name = f"presets/{preset}.webp"
    return name if finders.find(name) else ""


@dataclass(frozen=True)
class Preset:
    """A recipe of the cookbook; `name` is its file's, without the ending."""

    name: str
    title: str
    purpose: str
    place: int
    content: Sample | Photo
    style: Sample | Photo
    recipe: StyleRecipe
    changes: tuple[Change, ...]

    @property
    def thumbnail(self) -> str:
        """The static file that shows what comes out; empty where there is none."""
        return thumbnail_of(self.name)

    @property
    def sources(self) -> Mapping[str, Sample | Photo]:
        """Both pictures by their role."""
        return {"content": self.content, "style": self.style}

    @property
    def samples(self) -> Mapping[str, Sample]:
        """Those of them that are made."""
        return {role: source for role, source in self.sources.items() if isinstance(source, Sample)}

    @property
    def to_bring(self) -> Mapping[str, str]:
        """What kind of picture to bring for the others."""
        return {role: source.photo for role, source in self.sources.items() if isinstance(source, Photo)}


@dataclass(frozen=True)
class Cookbook:
    """All presets in their order, and a sentence for each file that is none."""

    presets: tuple[Preset, ...]
    faults: tuple[str, ...] = ()

    def named(self, name: str) -> Preset | None:
        """The preset of that name, if there is one."""
        return next((preset for preset in self.presets if preset.name == name), None)


def read(path: Path) -> Preset:
    """The preset in a file. Raises FileFault with one sentence about what is wrong in it."""
    page = checked(_Page, tables(path), path.name)
    return Preset(
        name=path.stem,
        title=page.title,
        purpose=page.purpose,
        place=page.place,
        content=_source(page.content, f"{path.name}, [content]"),
        style=_source(page.style, f"{path.name}, [style]"),
        recipe=checked(StyleRecipe, page.recipe, f"{path.name}, [recipe]"),
        changes=page.changes,
    )


def read_all(folder: Path) -> Cookbook:
    """The presets in a folder."""
    found, faults = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(read(path))
        except FileFault as fault:
            faults.append(str(fault))
    return Cookbook(tuple(sorted(found, key=lambda each: (each.place, each.name))), tuple(faults))


@functools.cache
def cookbook() -> Cookbook:
    """The project's own."""
    return read_all(FOLDER)


def _source(values: Mapping[str, Any], where: str) -> Sample | Photo:
    return checked(Photo, values, where) if "photo" in values else sample(values, where)
