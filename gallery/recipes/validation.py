"""From plain values to a recipe, or to sentences on what is wrong with them, by field."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from pydantic import ValidationError

from gallery.models import Worker
from transfer.features.registry import BACKBONES
from transfer.kinds import Kind
from transfer.recipes.base import Recipe

DEPENDING_ON_BACKBONE = {"content_layers", "style_layers", "content_layer_weights", "style_layer_weights", "pooling"}


class Faults(dict[str, list[str]]):
    """Sentences for people by field. What concerns no field stands at NON_FIELD_ERRORS."""

    def add(self, field: str, sentence: str) -> None:
        """One sentence more."""
        self.setdefault(field, []).append(sentence)


def recipe_of(kind: Kind, values: Mapping[str, Any], faults: Faults) -> Recipe | None:
    """The recipe of these values, which may be text; what is empty has its default. What is wrong is added to `faults`.

    None where there is no such recipe. Fields that have faults already are not complained about again.
    """
    given = {name: value for name, value in values.items() if value not in (None, "")}
    if "backbone" in kind.recipe.model_fields and "backbone" not in faults:
        name = given.get("backbone", kind.recipe.model_fields["backbone"].default)
        if sentence := what_is_missing(name):
            faults.add("backbone", sentence)
    # Without a valid network, nothing can be said about what it has.
    unknowable = DEPENDING_ON_BACKBONE if "backbone" in faults else set()
    try:
        return kind.recipe.model_validate(given)
    except ValidationError as error:
        for complaint in error.errors():
            field = str(complaint["loc"][0]) if complaint["loc"] else NON_FIELD_ERRORS
            if field not in faults and field not in unknowable:
                faults.add(field, complaint["msg"].removeprefix("Value error, "))
    return None


def what_is_missing(backbone: object) -> str:
    """Why a network cannot be used; empty where it can, or where there is none of that name."""
    found = BACKBONES.get(str(backbone))
    if found is None or is_at_hand(found.name):
        return ""
    return f"{found.name} is not installed on this machine: {found.remedy}"


def is_at_hand(network: str) -> bool:
    """Whether the weights of a backbone are here, or where a worker runs."""
    return BACKBONES[network].available or Worker.objects.alive().have(network)
