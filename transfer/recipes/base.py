"""What recipes of all kinds share: what they are called, their version, their size, and their JSON."""

import json
from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, ClassVar, Literal, Self, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo

from transfer.inputs import Role

ESSENTIALS, REPORTING = "essentials", "reporting"  # the first group of a form, and what decides on no pixel
KIND, VERSION = "kind", "version"


def group(name: str, beside: Role | None = None) -> dict[str, JsonValue]:
    """For `Field(json_schema_extra=...)`: the group in which a field is shown; `beside` a role where it has a value for
    each of the inputs of that role."""
    return {"group": name} if beside is None else {"group": name, "beside": beside.value}


def group_of(field: FieldInfo) -> str:
    """The group of a field: essentials where it names none."""
    extra = field.json_schema_extra
    return str(extra["group"]) if isinstance(extra, dict) and "group" in extra else ESSENTIALS


def beside(field: FieldInfo) -> Role | None:
    """The role of the inputs that a field has a value for each of, if that is so."""
    extra = field.json_schema_extra
    return Role(str(extra["beside"])) if isinstance(extra, dict) and "beside" in extra else None


def bounds_of(field: FieldInfo) -> tuple[Any, Any]:
    """The least and the greatest number that a field may be; None for one that it does not have."""
    lowest = next((bound.ge for bound in field.metadata if isinstance(bound, Ge)), None)
    highest = next((bound.le for bound in field.metadata if isinstance(bound, Le)), None)
    return lowest, highest


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """The values of a field that is a choice: a Literal, or a union of several. None of any other field."""
    return _literals(field.annotation)


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    parts = [_literals(each) for each in get_args(annotation)] if get_origin(annotation) in (Union, UnionType) else []
    return tuple(value for part in parts for value in part) if all(parts) else ()


class Recipe(BaseModel):
    """Every parameter of a piece of work. Immutable; equal recipes of equal inputs give equal results.

    A kind of work derives one class, and gives each field a default, bounds, a title, a description and a group.
    `kind` and `version` belong to the class, and stand in its JSON. A field that changes its name or its meaning raises
    the version; `renamed` maps the names that older versions used to those of today.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    renamed: ClassVar[Mapping[str, str]] = {}
    matters_with: ClassVar[Mapping[str, tuple[str, str]]] = {}  # a field, and what another must be for it to count

    image_size: int = Field(
        512,
        ge=64,
        le=16384,
        title="Size",
        description="Long side of the result in pixels. A small size shows what a larger one will look like.",
        json_schema_extra=group(ESSENTIALS),
    )

    @model_validator(mode="before")
    @classmethod
    def _is_of_this_kind(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        kind, version = values.get(KIND, cls.kind), values.get(VERSION, cls.version)
        if kind != cls.kind:
            raise ValueError(f"This is a recipe of the kind {kind}, not {cls.kind}.")
        if version != cls.version:
            raise ValueError(f"This is a recipe of version {version}, not {cls.version}.")
        return without(values, KIND, VERSION)

    @model_serializer(mode="wrap")
    def _with_kind_and_version(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {KIND: self.kind, VERSION: self.version, **write(self)}

    @property
    def network(self) -> str:
        """The backbone through which pictures are compared; empty for kinds that use none."""
        return ""

    @property
    def draws(self) -> bool:
        """Whether another `seed` gives another result."""
        return "seed" in type(self).model_fields

    def uses(self, role: Role) -> bool:
        """Whether inputs of a role change anything."""
        return True

    def previewed(self, side: int) -> Self:
        """By what a preview of at most `side` px is painted."""
        return self.with_changes(image_size=min(side, self.image_size))

    def canonical_json(self) -> str:
        """The recipe as JSON with sorted keys and no white space: equal recipes give equal bytes."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The recipe in `text`; raises pydantic's ValidationError for anything else."""
        return cls.model_validate_json(text)

    def with_changes(self, **changes: object) -> Self:
        """A copy with some fields changed; raises pydantic's ValidationError where that is no recipe."""
        return self.model_validate({**self.model_dump(), **changes})


def field_of(recipe: type["Recipe"], name: str, default: object = None) -> Any:
    """For a field of another recipe that means what it means in `recipe`, with its bounds and words.

    It may have another `default`.
    """
    field = recipe.model_fields[name]
    return field if default is None else FieldInfo.merge_field_infos(field, default=default)


def parted(value: object) -> object:
    """The parts of a text with commas, as a field that is a list has them; anything else as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def complaint_of(error: Mapping[str, Any]) -> str:
    """What one of pydantic's errors says, without the words that it puts before what our own checks say."""
    return str(error["msg"]).removeprefix("Value error, ")


def without(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """`values` without these names."""
    return {name: value for name, value in values.items() if name not in names}


def reporting(recipe: type[Recipe]) -> Iterable[str]:
    """The names of the fields that only say what is reported, and decide on no pixel."""
    return (name for name, field in recipe.model_fields.items() if group_of(field) == REPORTING)
