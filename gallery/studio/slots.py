"""The places for pictures on the studio's form, as a kind of work takes them: a content, say, and several styles.

A place is named by its role: `content`, `style`, `style_2` up to `style_16`, `start`. `NAME` is the field of its file,
`NAME_id` names what is here already: a picture, or a finished render, whose output is then taken, and `NAME_crop` says
which part of it is meant.
"""

import re
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from gallery.accounts.person import Person
from gallery.models import Picture, Render
from transfer.inputs import Role
from transfer.kinds import Kind, Takes
from transfer.recipes.base import Recipe, beside

NAME = re.compile(r"[a-z]{1,12}(_[0-9]{1,2})?")
FURTHER = re.compile(r"([a-z]+)_([0-9]{1,2})(?:_[a-z]+)?")
Known = Picture | Render
Given = TypeVar("Given")


@dataclass(frozen=True)
class Place:
    """A place for the picture of a role. `number` counts those of the role, from 1."""

    takes: Takes
    number: int

    @property
    def name(self) -> str:
        """As the form's fields are named."""
        return self.takes.role.value if self.number == 1 else f"{self.takes.role.value}_{self.number}"

    @property
    def input(self) -> tuple[Role, int]:
        """Role and place, as `transfer.inputs.Input` has them."""
        return self.takes.role, self.takes.places[self.number - 1]

    @property
    def is_needed(self) -> bool:
        """Whether nothing can be made without a picture here."""
        return self.number <= self.takes.least


Counts = Mapping[Role, int]  # how many places there are for the roles of which there may be several


def places(kind: Kind, counts: Counts) -> tuple[Place, ...]:
    """All places of a form that has so many of each role."""
    return tuple(
        Place(takes, number)
        for takes in kind.takes
        if takes.role != Role.MASK
        for number in range(1, counts.get(takes.role, 1) + 1)
    )


def all_places(kind: Kind) -> tuple[Place, ...]:
    """All that there may be."""
    return places(kind, {takes.role: takes.most for takes in several(kind)})


def several(kind: Kind) -> list[Takes]:
    """The roles of which a form may have several places."""
    return [takes for takes in kind.takes if takes.most > 1 and takes.role != Role.MASK]


def counts_in(kind: Kind, names: Iterable[str]) -> dict[Role, int]:
    """How many places a form has of each role, by its fields' names: at least one, at most what the kind takes."""
    found = {takes.role: max(1, takes.least) for takes in several(kind)}
    for matched in filter(None, map(FURTHER.fullmatch, names)):
        takes = next((each for each in several(kind) if each.role == matched[1]), None)
        if takes is not None and int(matched[2]) <= takes.most:
            found[takes.role] = max(found[takes.role], int(matched[2]))
    return found


def weights_of(recipe: type[Recipe], role: Role) -> str | None:
    """The field of a recipe that has a value for each picture of a role, if there is one."""
    return next((name for name, field in recipe.model_fields.items() if beside(field) == role), None)


def weights(recipe: Recipe) -> dict[str, float]:
    """The form's initial values for what stands beside pictures: whole numbers where they are."""
    found: dict[str, float] = {}
    for role in Role:
        if (name := weights_of(type(recipe), role)) is not None:
            for number, weight in enumerate(getattr(recipe, name), 1):
                found[f"blend_{number}"] = int(weight) if weight.is_integer() else weight
    return found


def numbered(pictures: Mapping[Place, Given]) -> Iterator[tuple[Role, int, Given]]:
    """Each with its role and place, as `transfer.inputs.Input` has them: without gaps, though places may be empty."""
    before = Counter[Role]()
    for place, given in pictures.items():
        yield place.takes.role, place.takes.places[0] + before[place.takes.role], given
        before[place.takes.role] += 1


def find(person: Person, *identifiers: object) -> dict[str, Known]:
    """Those pictures and finished renders that are here and that this person may see, by the text of their ids."""
    wanted = {found for identifier in identifiers if (found := as_uuid(identifier))}
    here: dict[str, Known] = {str(each.pk): each for each in _pictures(person, wanted)}
    if missing := {each for each in wanted if str(each) not in here}:
        finished = Render.objects.visible_to(person).with_pictures().finished()
        here |= {str(each.pk): each for each in finished.filter(pk__in=missing)}
    return here


def chosen(person: Person, places: Iterable[Place], fields: Mapping[str, str]) -> dict[str, Known]:
    """What a form names by `NAME_id` and is here, by the names of its places."""
    identifiers = {place.name: as_uuid(fields.get(f"{place.name}_id", "")) for place in places}
    here = find(person, *identifiers.values())
    return {name: here[str(each)] for name, each in identifiers.items() if str(each) in here}


def is_name(text: str) -> bool:
    """Whether a place of some kind of work could be called so."""
    return NAME.fullmatch(text) is not None


def as_uuid(text: object) -> uuid.UUID | None:
    """The id that `text` is, if it is one."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def _pictures(person: Person, wanted: Collection[uuid.UUID]) -> Iterable[Picture]:
    return Picture.objects.visible_to(person).filter(pk__in=wanted) if wanted else ()
