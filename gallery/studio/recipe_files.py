"""Recipes in TOML files that somebody wrote by hand: read, or refused in one sentence that says what to mend."""

import difflib
import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from gallery.studio import slots
from gallery.studio.samples import Sample
from transfer.errors import KindError
from transfer.kinds import STYLE, Kind, kind_named
from transfer.recipes.base import KIND, Recipe, complaint_of, without
from transfer.synthesis.generators import GENERATORS, generator_of
from transfer.synthesis.starters import STARTERS

Found = TypeVar("Found", bound=BaseModel)
TITLE, STARTER = "title", "starter"


class FileFault(ValueError):
    """What is wrong with a file, in one sentence that names the file, the table and the field."""


class Written(BaseModel):
    """What is written in a file: nothing but the fields that it has."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def tables(path: Path) -> dict[str, Any]:
    """What a TOML file holds. Raises FileFault where it is none, or cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileFault(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileFault(f"{path.name} is not in UTF-8: save it so.") from error
    except tomllib.TOMLDecodeError as error:
        raise FileFault(f"{path.name} is not TOML: {str(error).rstrip('.')}.") from error


def checked(wanted: type[Found], values: Any, where: str) -> Found:
    """`values` as a `wanted`. `where` is the file, or the file and the table. Raises FileFault."""
    try:
        return wanted.model_validate(values)
    except ValidationError as error:
        raise FileFault(_sentence(wanted, error.errors()[0], where)) from error


def recipe(values: Mapping[str, Any], where: str) -> Recipe:
    """The recipe of the kind of work that `kind` names, style transfer where it names none. Raises FileFault."""
    try:
        kind = kind_named(str(values.get(KIND, STYLE.name)))
    except KindError as error:
        raise FileFault(f"{where}, {KIND}: {error}") from error
    return checked(kind.recipe, values, where)


def check_places(kind: Kind, named: Collection[str], where: str) -> None:
    """Raises FileFault where a place lacks its picture that the kind needs, or where one is named that it has not."""
    places = {place.name: place for place in slots.all_places(kind)}
    for name, place in places.items():
        if place.is_needed and name not in named:
            raise FileFault(f"{where} lacks [{name}], which {kind.title.lower()} needs: add it.")
    for name in named:
        if name not in places:
            raise FileFault(f"{where}: {kind.title.lower()} takes no [{name}]: take it out.")


def sample(values: Mapping[str, Any], where: str) -> Sample:
    """A `title`, and the recipe of the generator that `kind` names; or a `starter` of the project. Raises FileFault."""
    if STARTER in values:
        return _starter(values, where)
    kind, title = values.get(KIND), values.get(TITLE)
    if not isinstance(title, str):
        raise FileFault(f"{where} lacks a title: add one.")
    if not isinstance(kind, str) or kind not in GENERATORS:
        raise FileFault(f"{where}: no generator is called “{kind}”; {_instead(str(kind), GENERATORS)}.")
    return Sample(title, checked(GENERATORS[kind].recipe, without(values, TITLE), where))


def _starter(values: Mapping[str, Any], where: str) -> Sample:
    name = values[STARTER]
    if further := next((each for each in values if each != STARTER), None):
        raise FileFault(f"{where} has a “{STARTER}”, which is all that there may be: take “{further}” out.")
    if not isinstance(name, str) or name not in STARTERS:
        raise FileFault(f"{where}: no starter is called “{name}”; {_instead(str(name), STARTERS)}.")
    return Sample(generator_of(STARTERS[name]).title, STARTERS[name])


def _sentence(wanted: type[BaseModel], complaint: ErrorDetails, where: str) -> str:
    """One of pydantic's complaints as people would say it."""
    field = ".".join(map(str, complaint["loc"]))
    if complaint["type"] == "extra_forbidden":
        return f"{where} has no field “{field}”; {_instead(field, wanted.model_fields)}."
    if complaint["type"] == "missing":
        return f"{where} lacks the field “{field}”: add it."
    said = complaint_of(complaint).rstrip(".")
    return f"{where}, {field}: {said}." if field else f"{where}: {said}."


def _instead(name: str, names: Iterable[str]) -> str:
    """What was probably meant, or all that there is."""
    there = sorted(names)
    near = difflib.get_close_matches(name, there, n=1)
    return f"write “{near[0]}”" if near else f"there is {', '.join(there)}"
