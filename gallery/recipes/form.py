"""A form for a kind's recipe."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from gallery.recipes.fields import BY_NAME, form_field, offered
from gallery.recipes.settings import FieldGroup
from gallery.recipes.titles import CHOICE_TITLES, GROUP_TITLES
from gallery.recipes.validation import Faults, recipe_of
from transfer.kinds import STYLE, Kind
from transfer.recipes.base import Recipe, group_of


class RecipeForm(forms.Form):
    """A form with a field for every parameter that a kind's recipe offers; `recipe` is the result."""

    recipe: Recipe

    def __init__(self, *args: Any, kind: Kind = STYLE, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.offered = offered(kind.recipe)
        for name, field in self.offered.items():
            self.fields[name] = form_field(name, field)

    def offer(self, name: str, value: str) -> None:
        """Also offers a value that needs extra pictures, if the recipe has the field."""
        if name in self.fields:
            field: Any = self.fields[name]
            field.choices = [*field.choices, (value, CHOICE_TITLES[value])]

    def groups(self) -> list[FieldGroup]:
        """The recipe's fields by group, in order."""
        found: dict[str, list[BoundField]] = {}
        for name, field in self.offered.items():
            found.setdefault(group_of(field), []).append(self[name])
        return [
            FieldGroup(group, GROUP_TITLES.get(group, group.capitalize()), fields) for group, fields in found.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Lets the recipe check everything; each of its complaints goes to the field that it is about."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(cleaned)
        return cleaned

    def check(self, cleaned: dict[str, Any]) -> None:
        """Turns the values into `recipe`, or complains about them."""
        faults = self.faults()
        if recipe := recipe_of(self.kind, self.values(cleaned), faults):
            self.recipe = recipe
        self.complain(faults)

    def values(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The recipe's values among those of the form; regions by name are no value of a recipe."""
        found = {name: cleaned[name] for name in self.offered if name in cleaned}
        return found | ({"regions": "none"} if found.get("regions") == BY_NAME else {})

    def faults(self) -> Faults:
        """The fields that already have errors; the form shows these."""
        return Faults({name: [] for name in self.errors})

    def complain(self, faults: Faults) -> None:
        """Adds sentences to their fields."""
        for name, sentences in faults.items():
            for sentence in sentences:
                self.add_error(name, sentence)
