"""Pictures to begin with on a site where nobody has brought any: contents, styles, and an example gallery of them.

`starters.toml` lists them.
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gallery.studio.recipe_files import FileFault, Written, check_places, checked, recipe, sample, tables
from gallery.studio.samples import Sample
from transfer.kinds import kind_of
from transfer.recipes.base import Recipe, without

FILE = Path(__file__).with_name("starters.toml")
NAME = "name"


class _Entry(Written):
    title: str
    content: str = ""
    style: str = ""
    recipe: dict[str, Any] = {}


class _Page(Written):
    """The file as it is written."""

    content: tuple[dict[str, Any], ...]
    style: tuple[dict[str, Any], ...]
    example: tuple[_Entry, ...]


@dataclass(frozen=True)
class Example:
    """A picture of the example gallery. `pictures` are what it is made of, by their places."""

    title: str
    pictures: Mapping[str, Sample]
    recipe: Recipe


@dataclass(frozen=True)
class Starters:
    """Contents and styles by the names under which a form asks for them, in their order, and the example gallery.

    `faults` has a sentence for each entry of the file that is none; it is left out.
    """

    contents: Mapping[str, Sample]
    styles: Mapping[str, Sample]
    examples: tuple[Example, ...]
    faults: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.contents and self.styles)


def read(path: Path) -> Starters:
    """Those in a file. Raises FileFault where not even its outline is right."""
    page, faults = checked(_Page, tables(path), path.name), list[str]()
    contents = dict(_named(page.content, f"{path.name}, [[content]]", faults))
    styles = dict(_named(page.style, f"{path.name}, [[style]]", faults))
    examples = []
    for entry in page.example:
        try:
            examples.append(_example(entry, contents | styles, f"{path.name}, “{entry.title}”"))
        except FileFault as fault:
            faults.append(str(fault))
    return Starters(contents, styles, tuple(examples), tuple(faults))


@functools.cache
def starters() -> Starters:
    """The project's own."""
    return read(FILE)


def _named(entries: Iterable[Mapping[str, Any]], where: str, faults: list[str]) -> Iterable[tuple[str, Sample]]:
    for entry in entries:
        name = str(entry.get(NAME, ""))
        try:
            yield name, sample(without(entry, NAME), f"{where} {name}")
        except FileFault as fault:
            faults.append(str(fault))


def _example(entry: _Entry, there: Mapping[str, Sample], where: str) -> Example:
    named = {role: name for role, name in (("content", entry.content), ("style", entry.style)) if name}
    for name in named.values():
        if name not in there:
            raise FileFault(f"{where}: no starter is called “{name}”; there is {', '.join(there)}.")
    wanted = recipe(entry.recipe, f"{where}, recipe")
    check_places(kind_of(wanted), named, where)
    return Example(entry.title, {role: there[name] for role, name in named.items()}, wanted)
