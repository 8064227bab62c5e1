"""The cookbook: recipes that are known to come out well, one file each in `presets/`.

A file says what the recipe is for, what its pictures are, in a table for each place that its kind of work has (one that
is made, or one of your own), the recipe of the render where it differs from the defaults, and what to change when the
result disappoints:

    title = "A satellite picture from a map"
    purpose = "A map that nobody drew becomes the satellite picture of a place that does not exist."

    [content]
    title = "A world"
    kind = "world"
    seed = 7

    [style]
    photo = "a satellite picture with water and land"

    [recipe]
    kind = "style"  # which may be left out
    strength = 0.6

    [[changes]]
    when = "Water turns into land?"
    change = "Choose a style that has water."

What people bring may be what another recipe of the cookbook makes, such as a film, which `dish` names beside `photo`.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from gallery.studio.recipe_files import FileFault, Written, check_places, checked, recipe, sample, tables
from gallery.studio.samples import Sample
from transfer.inputs import Role
from transfer.kinds import Kind, kind_of
from transfer.recipes.base import Recipe, without

FOLDER = Path(__file__).with_name("presets")


class Photo(Written):
    """A picture or a clip that people bring: what kind of it does well here, and which `dish` makes one."""

    photo: str
    dish: str = ""

    @property
    def thumbnail(self) -> str:
        """The static file that shows what comes out of the dish; empty without one."""
        return thumbnail_of(self.dish) if self.dish else ""


class Change(Written):
    """What to change when something is not as one would like it, which `when` asks."""

    when: str
    change: str


class _Page(Written):
    """A file as it is written, but for its pictures; `place` orders the cookbook."""

    title: str
    purpose: str
    place: int = 1000
    recipe: dict[str, Any] = {}
    changes: tuple[Change, ...] = ()


def thumbnail_of(preset: str) -> str:
    """The static file that shows what comes out of a preset; empty where there is none."""
    name = f"presets/{preset}.webp"
    return name if finders.find(name) else ""


@dataclass(frozen=True)
class Preset:
    """A recipe of the cookbook; `name` is its file's, without the ending. `sources` are its pictures by place."""

    name: str
    title: str
    purpose: str
    place: int
    sources: Mapping[str, Sample | Photo]
    recipe: Recipe
    changes: tuple[Change, ...]

    @property
    def kind(self) -> Kind:
        """The kind of work that it is a recipe of."""
        return kind_of(self.recipe)

    @property
    def thumbnail(self) -> str:
        """The static file that shows what comes out; empty where there is none."""
        return thumbnail_of(self.name)

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

    @property
    def kinds(self) -> Mapping[Kind, list[Preset]]:
        """The presets of each kind of work, in the order of each one's first."""
        found: dict[Kind, list[Preset]] = {}
        for preset in self.presets:
            found.setdefault(preset.kind, []).append(preset)
        return found


def read(path: Path) -> Preset:
    """The preset in a file. Raises FileFault with one sentence about what is wrong in it."""
    written = tables(path)
    pictures = {name: table for name, table in written.items() if name.partition("_")[0] in list(Role)}
    page = checked(_Page, without(written, *pictures), path.name)
    wanted = recipe(page.recipe, f"{path.name}, [recipe]")
    check_places(kind_of(wanted), pictures, path.name)
    return Preset(
        name=path.stem,
        title=page.title,
        purpose=page.purpose,
        place=page.place,
        sources={name: _source(path, name, table) for name, table in pictures.items()},
        recipe=wanted,
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


def _source(path: Path, name: str, values: Mapping[str, Any]) -> Sample | Photo:
    where = f"{path.name}, [{name}]"
    if "photo" not in values:
        return sample(values, where)
    found = checked(Photo, values, where)
    if found.dish and not path.with_name(f"{found.dish}.toml").is_file():
        raise FileFault(f"{where}, dish: no recipe here is called “{found.dish}”.")
    return found
