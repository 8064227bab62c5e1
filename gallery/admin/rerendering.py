"""Rendering many again with a few fields changed: each keeps the rest of its own recipe."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import QueryDict

from gallery.accounts.person import Person
from gallery.models import Render
from gallery.queueing.order import Order
from gallery.recipes.fields import initial
from gallery.recipes.form import RecipeForm
from gallery.recipes.validation import Faults, recipe_of
from gallery.studio.submission import Refused, again
from transfer.recipes.base import Recipe

CHANGE = "change"  # the name of the boxes beside the fields


class ChangesForm(RecipeForm):
    """The recipe of the first of some renders of one kind, with a box beside each field that says it is to change.

    `chosen` are the names of those fields, and `differing` of those in which the renders differ.
    """

    def __init__(self, sources: Sequence[Render], data: QueryDict | None = None) -> None:
        super().__init__(data, initial=initial(sources[0].recipe), kind=sources[0].kind)
        self.sources = sources
        orders = list(map(Order.of, sources))
        if all(order.masks for order in orders):
            self.offer("regions", "masks")
        if all(order.start for order in orders):
            self.offer("init", "picture")
        self.chosen = [name for name in self.offered if data is not None and name in data.getlist(CHANGE)]
        recipes = [source.recipe for source in sources]
        self.differing = [
            name for name in self.offered if any(getattr(each, name) != getattr(recipes[0], name) for each in recipes)
        ]

    def check(self, cleaned: dict[str, Any]) -> None:
        """Every render's new recipe must be one."""
        for name in set(self.errors) - set(self.chosen):
            del self.errors[name]  # what is not to change is not read
        faults = self.faults()
        if not self.chosen:
            faults.add(NON_FIELD_ERRORS, "Tick at least one field to change.")
        self.recipes = [self._changed(source.recipe, cleaned, faults) for source in self.sources]
        self.complain(faults)

    def _changed(self, recipe: Recipe, cleaned: dict[str, Any], faults: Faults) -> Recipe | None:
        """The recipe with the chosen fields changed; a field that was left empty gets its default."""
        changes = {name: cleaned[name] for name in self.chosen if name in cleaned}
        return recipe_of(self.kind, {**recipe.model_dump(), **changes}, faults)

    def make(self, person: Person) -> bool:
        """Makes a new render of each, or none where one cannot be done: then the form says why."""
        try:
            with transaction.atomic():
                for source, recipe in zip(self.sources, self.recipes, strict=True):
                    if recipe is not None:
                        again(source, recipe, person)
        except Refused as refused:
            self.complain(refused.faults)
            return False
        return True
