"""Making a picture out of numbers: the form for it, and what comes of it."""

import math
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.http import urlencode

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from gallery.pictures import making
from gallery.recipes import addresses
from gallery.recipes.form import RecipeForm
from gallery.recipes.settings import Setting
from gallery.recipes.titles import CHOICE_TITLES
from gallery.studio import slots
from gallery.studio.submission import Asked, checked, submit
from transfer.inputs import Role
from transfer.kinds import kind_named, kind_of
from transfer.synthesis.generators import GENERATORS, OWN_MAP, Generator, generator_of
from transfer.synthesis.recipes.base import MadeRecipe

EARTH = "earth"  # the generator that has places, and a map to choose on
SIZE, SEED, SOURCE = "image_size", "seed", "of"
SIZES = (256, 512, 1024, 2048, 4096, 8192)  # px
STEPS = 100  # of a slider, about


@dataclass(frozen=True)
class Knob(Setting):
    """A field as the panel shows it: numbers between two bounds have a slider."""

    matters_with: tuple[str, str] | None = None  # another field, and what it must be for this one to count

    @property
    def slider(self) -> tuple[float, float, float] | None:
        """Lowest, highest, step."""
        field: Any = self.field.field
        lowest, highest = getattr(field, "min_value", None), getattr(field, "max_value", None)
        if self.field.name in (SIZE, SEED) or lowest is None or highest is None:
            return None
        return lowest, highest, _step(lowest, highest) if isinstance(field, forms.FloatField) else 1


class MakingForm(RecipeForm):
    """A field for every parameter of a generator."""

    recipe: MadeRecipe

    def __init__(self, generator: Generator, *args: Any, **options: Any) -> None:
        super().__init__(*args, kind=kind_named(generator.name), auto_id="make_%s", **options)
        self.generator = generator
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                offered: Any = field.choices
                values = sorted((value for value, _ in offered), key=bool)  # what is empty comes first
                field.choices = [(value, self._words(name, value)) for value in values]
        self.fields[SIZE].widget = forms.Select(choices=[(side, f"{side} px") for side in self._sizes()])

    def _words(self, name: str, value: str) -> str:
        """A choice as people read it."""
        if self.generator.name == EARTH and name == "place" and value:
            return str(getattr(self.generator.recipe.model_validate({name: value}), "title", value))
        return CHOICE_TITLES.get(value, value.replace("-", " ").replace("_", " ")) or "none of these"

    def _sizes(self) -> list[int]:
        """The usual sizes, and the one that was asked for."""
        asked = str(self[SIZE].value() or "")
        return sorted({*SIZES, int(asked)} if asked.isascii() and asked.isdigit() else SIZES)

    @property
    def knobs(self) -> list[Knob]:
        """All fields but the size and the seed."""
        matters = self.kind.recipe.matters_with
        return [Knob(self[name], matters.get(name)) for name in self.offered if name not in (SIZE, SEED)]

    @property
    def size_field(self) -> BoundField:
        """The long side."""
        return self[SIZE]

    @property
    def seed_field(self) -> BoundField | None:
        """The seed, if another one gives another picture."""
        return self[SEED] if SEED in self.fields else None


def query_of(recipe: MadeRecipe, source: Picture | None = None) -> dict[str, str]:
    """What an address says of a recipe, and of somebody's map where it takes one."""
    return addresses.query(recipe) | ({SOURCE: str(source.pk)} if source else {})


def address_of(recipe: MadeRecipe, source: Picture | None = None) -> str:
    """The page that shows this recipe, to share or to vary."""
    return f"{reverse('make_one', args=[recipe.kind])}?{urlencode(query_of(recipe, source))}"


def generator_named(name: str) -> Generator | None:
    """The generator of that name, if there is one."""
    return OWN_MAP if name == OWN_MAP.name else GENERATORS.get(name)


def source_of(person: Person, identifier: object) -> Picture | None:
    """The map of that id, if there is one that this person may see."""
    named = slots.as_uuid(identifier)
    return Picture.objects.visible_to(person).filter(pk=named).first() if named else None


def make(recipe: MadeRecipe, person: Person, source: Picture | None = None) -> Picture | Render:
    """The picture, where it is small enough to be made at once; else a render that waits in the queue.

    What is made of somebody's map is always a render, which remembers the map. Raises `making.NotMade`, and
    `submission.Refused` where no worker can make it.
    """
    if recipe.image_size <= making.LARGEST and not generator_of(recipe).takes_map:
        return making.keep(recipe, person)
    pictures = {Role.CONTENT.value: source} if source else {}
    return submit(checked(Asked(kind_of(recipe), recipe.model_dump(), pictures)), person)


def _step(lowest: float, highest: float) -> float:
    """1, 2 or 5 times a power of ten, so that a slider has about a hundred steps."""
    finest = (highest - lowest) / STEPS
    power = 10.0 ** math.floor(math.log10(finest))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= finest * 0.999)
