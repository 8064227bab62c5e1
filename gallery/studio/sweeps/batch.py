"""What each cell of a sweep is made of: the order that all share, its own recipe, and pictures where these vary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from gallery.accounts.person import Person
from gallery.models import Picture, Sweep
from gallery.pictures import masks, places, region_names
from gallery.queueing import queue
from gallery.queueing.order import Order, OrderInput, in_order
from gallery.studio import slots
from gallery.studio.regions import places_of
from gallery.studio.submission import Refused, has_no_regions
from gallery.studio.sweeps.axes import Axis, Change, grid, pictures_in, settings_in
from gallery.studio.sweeps.picture_axis import Subject
from transfer.inputs import Role
from transfer.kinds import Sizes, kind_of
from transfer.recipes.base import Recipe

PAINTED = "Painted regions belong to their own pictures: choose another way to find regions, or vary a setting instead."
Subjects = Mapping[str, Sequence[Subject]]  # by the field of their axis


@dataclass(frozen=True)
class Shared:
    """What the cells have in common. With `by_name`, regions of each cell are the places that its pictures know."""

    order: Order
    by_name: bool = False


def sizes_of(change: Change, axes: list[Axis], subjects: Subjects, shared: Sizes) -> Sizes:
    """The sizes of a cell's pictures by role."""
    sizes = dict(shared)
    for axis in axes:
        if axis.is_of_pictures:
            sizes[Role(axis.field)] = [subjects[axis.field][axis.values.index(change[axis.field])].size]
    return sizes


def without_weights(recipe: Recipe, axes: list[Axis]) -> Recipe:
    """The recipe without what it has for each of several pictures, where these vary one by one."""
    for axis in axes:
        name = slots.weights_of(type(recipe), Role(axis.field)) if axis.is_of_pictures else None
        if name is not None:
            recipe = recipe.with_changes(**{name: type(recipe).model_fields[name].default})
    return recipe


def without_masks(order: Order) -> Shared:
    """What cells of other pictures share with an order. Raises Refused where its regions were painted."""
    if not order.masks:
        return Shared(order, by_name=has_no_regions(order.recipe))
    if not places_of(order):
        raise Refused.at("regions", PAINTED)
    unmasked = tuple(each for each in order.inputs if each.role != Role.MASK)
    return Shared(Order(order.recipe.with_changes(regions="none"), unmasked), by_name=True)


def submit(shared: Shared, axes: list[Axis], subjects: Subjects, recipes: Sequence[Recipe], person: Person) -> Sweep:
    """A new sweep of `person`'s whose cells are painted by these recipes, row by row. Raises Refused."""
    stored: dict[str, Picture] = {}
    named = []
    for axis in axes:
        if axis.is_of_pictures:
            rows = [_stored(subject, axis, person) for subject in subjects[axis.field]]
            stored |= {str(row.pk): row for row in rows}
            axis = replace(axis, values=tuple(str(row.pk) for row in rows), names=tuple(map(str, rows)))
        named.append(axis)
    with transaction.atomic():  # so that nobody discards a mask before there is a row that needs it
        orders = [
            _cell(shared, recipe, {role: stored[identifier] for role, identifier in pictures_in(change, named).items()})
            for change, recipe in zip(grid(named), recipes, strict=True)
        ]
        return queue.submit_sweep([axis.as_json() for axis in named], orders, person)


def restore(sweep: Sweep, axes: list[Axis], person: Person) -> int:
    """Lets what was deleted of a sweep be painted again; gives the number of its cells.

    None where no cell is left to learn from, or where the pictures of those that are missing were deleted too.
    """
    there = {render.sweep_place: render for render in sweep.renders.all()}
    if not there:
        return 0
    orders = [Order.of(render) for render in there.values()]
    varies = any(axis.is_of_pictures for axis in axes)
    shared = _learnt(orders) if varies else Shared(orders[0])
    ids = [str(value) for axis in axes if axis.is_of_pictures for value in axis.values]
    stored = {str(row.pk): row for row in Picture.objects.visible_to(person).filter(pk__in=ids)}
    with transaction.atomic():
        missing = {}
        for place, change in enumerate(grid(axes)):
            pictures = pictures_in(change, axes)
            if place not in there and all(each in stored for each in pictures.values()):
                recipe = shared.order.recipe.with_changes(**settings_in(change, axes))
                missing[place] = _cell(shared, recipe, {role: stored[each] for role, each in pictures.items()})
        queue.fill_sweep(sweep, missing, person)
    return len(missing)


def _learnt(orders: Sequence[Order]) -> Shared:
    """What cells of various pictures share, as they show it: the first, by name where any is."""
    by_name = any(order.masks for order in orders)
    return replace(without_masks(orders[0]), by_name=by_name)


def _cell(shared: Shared, recipe: Recipe, pictures: Mapping[Role, Picture]) -> Order:
    """The order of a cell; its pictures take the place of those that the shared order has of their roles."""
    if not pictures:
        return shared.order.by(recipe)
    kept = [each for each in shared.order.inputs if each.role not in pictures]
    first = {role: takes.places[0] for role in pictures if (takes := kind_of(recipe).of(role))}
    varied = [OrderInput(role, first[role], picture) for role, picture in pictures.items()]
    order = Order(recipe, in_order(kept + varied))
    if not (shared.by_name and has_no_regions(recipe)):
        return order.by(recipe)
    found = places.matched([picture.labels_id or "" for picture in order.pictured()])
    if found is None or not found.takes:
        return order.by(recipe)
    files = map(masks.store, region_names.of_places(found))
    inputs = [OrderInput(Role.MASK, place, file=name) for place, name in enumerate(files)]
    return Order(recipe.with_changes(regions="masks"), (*order.inputs, *inputs))


def _stored(subject: Subject, axis: Axis, person: Person) -> Picture:
    try:
        return subject.stored(person)
    except ValidationError as error:
        raise Refused.at(axis.field, f"{subject.name}: {' '.join(error.messages)}") from error
