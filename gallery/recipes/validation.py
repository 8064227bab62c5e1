"""Turns plain values into a recipe, or into sentences by field about what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from pydantic import ValidationError

from gallery.models import Worker
from transfer.features.registry import BACKBONES
from transfer.kinds import Kind
from transfer.recipes.base import Recipe, complaint_of

DEPENDING_ON_BACKBONE = {
    "content_layers",
    "style_layers",
    "content_layer_weights",
    "style_layer_weights",
    "pooling",
    "dream_layers",
    "channels",
}


class Faults(dict[str, list[str]]):
    """Sentences for people, by field. Those about no field are under NON_FIELD_ERRORS."""

    def add(self, field: str, sentence: str) -> None:
        """Adds a sentence."""
        self.setdefault(field, []).append(sentence)


def recipe_of(kind: Kind, values: Mapping[str, Any], faults: Faults) -> Recipe | None:
    """The recipe of these values, which may be text; empty ones mean the default. It adds errors to `faults`.

    None where there is no such recipe. It does not complain again about fields that already have faults.
    """
    given = {name: value for name, value in values.items() if value not in (None, "")}
    if "backbone" in kind.recipe.model_fields and "backbone" not in faults:
        name = given.get("backbone", kind.recipe.model_fields["backbone"].default)
        if sentence := what_is_missing(name):
            faults.add("backbone", sentence)
    # Without a valid network, nobody can say which layers it has.
    unknowable = DEPENDING_ON_BACKBONE if "backbone" in faults else set()
    try:
        return kind.recipe.model_validate(given)
    except ValidationError as error:
        for complaint in error.errors():
            field = str(complaint["loc"][0]) if complaint["loc"] else NON_FIELD_ERRORS
            if field not in faults and field not in unknowable:
                faults.add(field, complaint_of(complaint))
    return None


def what_is_missing(backbone: object) -> str:
    """Why nobody here can use a network; empty if somebody can, or if there is no such network."""
    found = BACKBONES.get(str(backbone))
    if found is None or is_at_hand(found.name):
        return ""
    return f"{found.name} is not installed on this machine: {found.remedy}"


def is_at_hand(network: str) -> bool:
    """Whether this machine or a live worker has the weights of a backbone."""
    return BACKBONES[network].available or Worker.objects.alive().have(network)
