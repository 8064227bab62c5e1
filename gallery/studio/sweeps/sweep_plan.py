"""What a sweep will take: how many renders, how long all of them, the memory of one, and when the first starts."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from gallery.accounts.person import Person
from gallery.queueing.forecast import Newcomer, shared_forecast
from gallery.queueing.needs import can_do, needs_of
from gallery.queueing.order import Order
from gallery.queueing.planning import alone
from gallery.queueing.workers import live_workers
from gallery.recipes.fields import BY_NAME
from gallery.recipes.form import RecipeForm
from gallery.studio import slots, stated
from gallery.studio.sweeps import batch
from gallery.studio.sweeps.axes import grid
from gallery.studio.sweeps.picture_axis import Subject
from gallery.studio.sweeps.sweep_form import SweepForm
from transfer.engine.ladder import PREVIEW
from transfer.film.footage import Footage
from transfer.inputs import Role
from transfer.kinds import Kind, Size, Sizes, Takes, kind_of
from transfer.planning.planner import Plan
from transfer.recipes.base import Recipe


@dataclass(frozen=True)
class SweepPlan:
    """`seconds` are of all renders, `wait` those until the first starts; None where that is not known.

    `size` is 0 where it varies.
    """

    count: int
    size: int
    memory: int
    seconds: float | None
    wait: float | None

    @property
    def are_previews(self) -> bool:
        """Whether they have the size of previews."""
        return self.size == PREVIEW


def foreseen(form: SweepForm, fields: QueryDict, person: Person, order: Order | None) -> dict[str, Any]:
    """What a template needs to say what the form asks for: a plan, or the count alone, or what is wrong; or nothing.

    It shares an order, or what `fields` say of a studio's pictures and recipe.
    """
    if not form.is_valid():
        return {"complaints": _complaints(form)}
    asked = RecipeForm(fields, kind=form.kind)
    asked.offer("init", "picture")
    asked.offer("regions", "masks")
    asked.offer("regions", BY_NAME)
    if order is None and not asked.is_valid():
        return {}
    base, shared = (order.recipe, order.sizes) if order else (asked.recipe, _sizes(fields, form.kind, person))
    for name in form.subjects:
        form.put_first(name, [Subject("", size) for size in shared.get(Role(name), ())])
    recipes_sizes = dict(shared) | {Role(name): [each.size for each in found] for name, found in form.subjects.items()}
    if not all(_is_known(takes, recipes_sizes) for takes in form.kind.takes if takes.least):
        count = len(grid(form.axes))
        return {"count": count} if count else {}
    if not grid(form.axes):
        return {}
    recipes = form.recipes(
        batch.without_weights(base, form.axes),
        lambda change: batch.sizes_of(change, form.axes, form.subjects, shared),
    )
    if form.errors:
        return {"complaints": _complaints(form)}
    cells = [batch.sizes_of(change, form.axes, form.subjects, shared) for change in grid(form.axes)]
    return {"planned": planned(recipes, cells, person)}


def planned(recipes: list[Recipe], cells: list[Sizes], person: Person) -> SweepPlan:
    """The plan of renders by these recipes, of pictures of these sizes."""
    found = [alone([recipe], sizes)[0] for recipe, sizes in zip(recipes, cells, strict=True)]
    plans = [each for each in found if isinstance(each, Plan)]
    seconds = [each.seconds for each in plans if each.seconds is not None]
    sides = {recipe.image_size for recipe in recipes}
    alive, needed = live_workers(), needs_of(recipes[0], cells[0])
    is_long = kind_of(recipes[0]).films
    newcomer = Newcomer(recipes[0].image_size, person, needed, is_in_sweep=True, is_long=is_long)
    able = sum(can_do(worker, needed) for worker in alive)
    return SweepPlan(
        count=len(recipes),
        size=sides.pop() if len(sides) == 1 else 0,
        memory=max((each.memory for each in plans), default=0),
        seconds=sum(seconds) / max(1, min(able, len(recipes))) if len(seconds) == len(recipes) else None,
        wait=shared_forecast(alive, newcomer).newcomer,
    )


def _sizes(fields: QueryDict, kind: Kind, person: Person) -> dict[Role, list[Size]]:
    """Those of the studio's pictures by role: a file in the browser wins over a stored picture."""
    places = slots.places(kind, slots.counts_in(kind, fields))
    here = slots.chosen(person, places, fields)
    found: dict[Role, list[Size]] = {}
    for place in places:
        known, size = here.get(place.name), stated.size(fields.get(f"{place.name}_size", ""))
        if size and place.takes.clips:
            size = stated.footage(size, fields.get(f"{place.name}_seconds", ""))
        if size := size or (known.footage if known else None):
            found.setdefault(place.takes.role, []).append(size)
    return found


def _is_known(takes: Takes, sizes: Sizes) -> bool:
    """Whether there is enough of a role to plan by: of a clip, also how long it lasts."""
    found = sizes.get(takes.role, ())
    return bool(found) and not (takes.clips and not isinstance(found[0], Footage))


def _complaints(form: SweepForm) -> list[str]:
    return [str(sentence) for name, found in form.errors.items() if name != "axis_1" for sentence in found]
