"""The flags of a recipe, made from its fields."""

import argparse
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from transfer.kinds import Kind
    from transfer.recipes.base import Recipe


def flag(field: str) -> str:
    """A field's flag without its dashes."""
    return field.replace("_", "-")


def add_recipe(command: argparse.ArgumentParser, kind: "Kind") -> None:
    """A flag for each field of a kind's recipe."""
    add_fields(command, kind.recipe)


def add_fields(command: argparse.ArgumentParser, recipe: "type[Recipe]") -> None:
    """A flag for each field of a recipe."""
    group = command.add_argument_group("recipe")
    for name, field in recipe.model_fields.items():
        add_field(group, name, field)


def add_field(group: "argparse._ArgumentGroup", name: str, field: "FieldInfo") -> None:
    """A flag for one field."""
    # Help goes through %-formatting; descriptions do not mean to.
    text = (field.description or "").replace("%", "%%")
    default = field.default if field.default != () else "none"
    options: dict[str, Any] = {"dest": name, "default": None, "help": f"{text} Default: {default}."}
    if field.annotation is bool:
        group.add_argument(f"--{flag(name)}", action=argparse.BooleanOptionalAction, **options)
        return
    if get_origin(field.annotation) is Literal:
        options["metavar"] = "{" + ",".join(get_args(field.annotation)) + "}"
    else:
        kind = "N" if field.annotation is int else "X" if field.annotation is float else "LIST"
        options["metavar"] = kind
    group.add_argument(f"--{flag(name)}", **options)
