"""Finished renders that are the same as one that somebody asks for: by an equal recipe, of equal pictures."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from gallery.accounts.person import Person
from gallery.models import Render, RenderInput
from gallery.models.querysets import RenderQuerySet
from transfer import kinds
from transfer.inputs import Role
from transfer.recipes.base import Recipe, reporting

LOOKED_AT = 100  # renders of the same pictures, the newest first
SIZE = "image_size"
SHA256 = re.compile("[0-9a-f]{64}")
Inputs = Mapping[tuple[Role, int], str]  # by role and place: the SHA-256 of a picture, or the name of a stored mask


def same(recipe: Recipe, inputs: Inputs, person: Person) -> Render | None:
    """The newest finished render by this recipe of these inputs that `person` may see, if there is one."""
    rows = _candidates(inputs, person).filter(image_size=recipe.image_size)
    return next(_alike(rows, recipe, inputs), None)


def by_size(recipe: Recipe, inputs: Inputs, person: Person) -> dict[int, Render]:
    """Those that differ from it in nothing but the size, by their `image_size`."""
    found = list(_alike(_candidates(inputs, person), recipe, inputs))
    return {each.image_size: each for each in reversed(found)}


def of_pictures(recipe: Recipe, identities: Mapping[Role, Sequence[str]], person: Person) -> Render | None:
    """The same for pictures by role, in the order of their places, and no masks; None where one is not here yet."""
    if recipe.uses(Role.MASK) or not all(SHA256.fullmatch(each) for several in identities.values() for each in several):
        return None
    takes = {each.role: each.places for each in kinds.kind_of(recipe).takes}
    inputs = {
        (role, place): digest
        for role, digests in identities.items()
        if recipe.uses(role)
        for place, digest in zip(takes[role], digests, strict=False)
    }
    return same(recipe, inputs, person)


def inputs_of(rows: Iterable[RenderInput]) -> dict[tuple[Role, int], str]:
    """The inputs of a render, out of its rows with their pictures."""
    return {(Role(row.role), row.place): row.picture.sha256 if row.picture else str(row.file) for row in rows}


def _candidates(inputs: Inputs, person: Person) -> RenderQuerySet:
    """Finished renders of the first two of the same pictures. What is made of no pictures is not looked for."""
    pictured = {at: digest for at, digest in inputs.items() if at[0] != Role.MASK}
    rows = Render.objects.visible_to(person).finished()
    if not pictured:
        return rows.none()
    for (role, place), digest in islice(pictured.items(), 2):
        uses = RenderInput.objects.filter(role=role, place=place, picture__sha256=digest)
        rows = rows.filter(pk__in=uses.values("render"))
    return rows.defer("curve", "palette").prefetch_related("inputs__picture")


def _alike(rows: RenderQuerySet, recipe: Recipe, inputs: Inputs) -> Iterator[Render]:
    """Those of the first rows that were painted by the same recipe to its end, whatever their size."""
    wanted = _key(recipe)
    for row in rows[:LOOKED_AT]:
        if row.provenance.get("kept") or _key(row.recipe) != wanted:
            continue
        if inputs_of(row.inputs.all()) == dict(inputs):
            yield row


def _key(recipe: Recipe) -> str:
    """What decides on the pixels of a recipe, apart from its size, in one canonical form."""
    fields = type(recipe).model_fields
    as_default = {name: fields[name].get_default() for name in (*reporting(type(recipe)), SIZE)}
    return recipe.model_copy(update=as_default).canonical_json()
