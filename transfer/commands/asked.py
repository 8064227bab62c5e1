"""What the flags of a command ask for: its recipe, and the files that go in."""

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from transfer.commands.recipe_flags import flag
from transfer.errors import TransferError
from transfer.inputs import Role
from transfer.kinds import asked, kind_named
from transfer.recipes.base import KIND, Recipe, complaint_of

Expected = TypeVar("Expected", bound=Recipe)


def recipe_from(arguments: argparse.Namespace) -> Recipe:
    """The recipe that the flags describe; raises TransferError naming the flag that is wrong."""
    fields = kind_named(arguments.kind).recipe.model_fields
    with named_flags():
        return asked({KIND: arguments.kind, **arguments.implied(arguments), **values_of(fields, arguments)})


def recipe_as(expected: type[Expected], arguments: argparse.Namespace) -> Expected:
    """The same for a command whose recipes are all of one class."""
    recipe = recipe_from(arguments)
    if not isinstance(recipe, expected):
        raise TypeError(f"{recipe.kind} is not asked for by this command")
    return recipe


def values_of(fields: Iterable[str], arguments: argparse.Namespace) -> dict[str, Any]:
    """The values of those fields for which there is a flag on the command line."""
    return {name: getattr(arguments, name) for name in fields if getattr(arguments, name) is not None}


@contextmanager
def named_flags() -> Iterator[None]:
    """Raises TransferError naming the flags that are wrong, for the fields that pydantic complains of."""
    try:
        yield
    except ValidationError as error:
        complaints = (f"--{flag(str(each['loc'][0]))}: {message(each)}" for each in error.errors())
        raise TransferError("; ".join(complaints)) from error


def message(error: Any) -> str:
    """What pydantic says of one field, as a person reads it."""
    given, bounds = error.get("input"), error.get("ctx", {})
    match error["type"]:
        case "int_parsing" | "int_from_float":
            return f"{given} is not a whole number"
        case "float_parsing" | "finite_number":
            return f"{given} is not a number"
        case "greater_than_equal":
            return f"{given} is too small: the least is {bounds['ge']:.15g}"
        case "less_than_equal":
            return f"{given} is too large: the most is {bounds['le']:.15g}"
        case "literal_error":
            return f"there is no {given}: choose {bounds['expected']}"
    text = complaint_of(error)
    return text[:1].lower() + text[1:] if text.startswith("Input") else text


def inputs_from(arguments: argparse.Namespace) -> Iterator[tuple[Role, int, Path]]:
    """Role, place and file of everything that goes in; raises TransferError where there are too few or too many."""
    for takes in kind_named(arguments.kind).takes:
        found: list[Path] = getattr(arguments, f"{takes.role}_files")
        if not takes.least <= len(found) <= takes.most:
            raise TransferError(f"--{takes.role}: {len(found)} files are given, but {takes.amount} needed.")
        for place, path in zip(takes.places, found, strict=False):
            yield takes.role, place, path
