"""The studio: where a content picture and styles become a render."""

import itertools
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from gallery.accounts.person import Person
from gallery.accounts.session import maker_of
from gallery.models import Render
from gallery.pictures import cropping
from gallery.pictures.uploads import LARGEST_FILE
from gallery.queueing import previews
from gallery.queueing.order import Order
from gallery.recipes import addresses
from gallery.recipes.fields import initial
from gallery.studio import film_limits, going_round, looks, slots
from gallery.studio.form import StudioForm
from gallery.studio.kind_choices import choices
from gallery.studio.mask_form import masks_of
from gallery.studio.regions import places_of
from gallery.studio.submission import submit
from gallery.studio.sweeps.sweep_form import SweepForm
from gallery.views.lookup import kind_or_404
from gallery.views.next_page import made
from gallery.views.request import Request
from transfer.inputs import Role
from transfer.instant.recipe import InstantRecipe
from transfer.kinds import STYLE, UNKNOWN, Kind, kind_of
from transfer.recipes.base import Recipe


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The form, empty or filled in from the query; a valid POST submits a render.

    `?kind=` names the kind of work, `?from=` a render, `?preset=` a recipe of the cookbook; `?content=`, `?style=`,
    `?style_2=`, `?start=` and so on name pictures or finished renders, and `?styles=` is the number of places for
    styles. A field of the recipe has the value that the query gives it. With `kind=style`, an instant render is filled
    in as a style transfer that starts from it. Raises Http404 for an unknown kind.
    """
    if request.method != "POST":
        return _empty_or_filled(request)
    form = StudioForm(request.person, request.POST, request.FILES, kind=kind_or_404(request.POST))
    if not form.is_valid():
        return page(request, form, status=422)
    person = maker_of(request)
    row = submit(form.submission, person)
    if tab := request.POST.get("tab"):
        previews.stop(person, tab)
    for sentence in (*form.strangers, *itertools.chain(*form.submission.notes.values())):
        messages.warning(request, sentence)
    return made(request, row)


def page(
    request: Request, form: StudioForm, status: int = 200, sweep: SweepForm | None = None, **context: object
) -> HttpResponse:
    """The studio with `form`, and with a sweep's form if that was submitted."""
    slots_there = [*form.picture_slots, *filter(None, [form.start_slot])]
    filled = {slot.role: str(slot.chosen.pk) for slot in slots_there if slot.chosen}
    filled |= {f"{slot.role}_crop": slot.crop.value() for slot in slots_there if slot.chosen and slot.crop.value()}
    counts = {f"{role}s": str(count) for role, count in form.counts.items()}
    kind = {} if form.kind is STYLE else {"kind": form.kind.name}
    context |= {
        "form": form,
        "sweep_form": sweep or SweepForm(kind=form.kind, person=request.person),
        "kinds": choices(form.kind, filled, request.GET),
        "filled": urlencode(filled | counts | kind),
        "swapped": urlencode(_swapped(filled) | counts | kind),
        "more": [
            (takes, urlencode(filled | counts | {f"{takes.role}s": str(form.counts[takes.role] + 1)} | kind))
            for takes in form.extendable
        ],
        "largest_mb": LARGEST_FILE // 2**20,
        "film_limits": film_limits.in_words(form.kind),
    }
    return render(request, "studio/new.html", context, status=status)


def for_order(order: Order, person: Person) -> dict[str, Any]:
    """The form's initial values for this order. Of a part of a picture, that is the whole one, and which part."""
    values = initial(order.recipe) | slots.weights(order.recipe)
    values["masks"] = masks_of(order)
    for place in slots.all_places(kind_of(order.recipe)):
        pictures = order.pictures(place.takes.role)[place.number - 1 :]
        if pictures:
            whole, crop = cropping.whole_of(pictures[0], person), pictures[0].crop
            values[f"{place.name}_id"] = (whole or pictures[0]).pk
            values[f"{place.name}_crop"] = crop if whole else ""
            if whole and place.name in values["masks"]:
                values["masks"][place.name]["picture"] = f"{whole.pk} {crop}"
    return going_round.as_filled_in(values, next(iter(order.pictures(Role.CONTENT)), None))


def _empty_or_filled(request: Request) -> HttpResponse:
    """The form, filled in from the query if that names anything."""
    kind, values, remarks = kind_or_404(request.GET), dict[str, Any](), tuple[str, ...]()
    preset = looks.named(request.GET.get("preset", ""))
    if source := _render(request.person, request.GET.get("from") or request.GET.get("recipe", "")):
        if source.kind is UNKNOWN:
            return page(request, StudioForm(request.person), status=422, refused=" ".join(source.recipe_remarks))
        kind, values = _of_render(request, source)
        remarks = source.recipe_remarks
    elif preset is not None:
        kind, values = kind_of(preset.recipe), initial(preset.recipe)
    named = {name: request.GET[name] for name in kind.recipe.model_fields if name in request.GET}
    if named:
        found = addresses.read(kind.recipe, named)
        values |= {name: value for name, value in initial(found.recipe).items() if name in named}
        remarks = (*remarks, *found.remarks)
    values |= _pictures_in(request, kind)
    for takes in slots.several(kind):
        count = request.GET.get(f"{takes.role}s", "")
        if count in map(str, range(2, takes.most + 1)):
            values.setdefault(f"{takes.role}_{count}_id", None)
    return page(request, StudioForm(request.person, initial=values, kind=kind), remarks=remarks, preset=preset)


def _of_render(request: Request, source: Render) -> tuple[Kind, dict[str, Any]]:
    """The kind and the values of a render: all of it with `?from=`, its recipe alone with `?recipe=`."""
    kind, recipe = source.kind, source.recipe
    if isinstance(recipe, InstantRecipe) and request.GET.get("kind") == STYLE.name:
        kind, recipe = STYLE, recipe.style.with_changes(init="instant")
    return kind, _remixed(source, recipe, request.person) if request.GET.get("from") else initial(recipe)


def _pictures_in(request: Request, kind: Kind) -> dict[str, Any]:
    """The values of the places whose picture the query names, where that is here."""
    asked = {place.name: _named(request, place.name) for place in slots.all_places(kind)}
    here = slots.find(request.person, *asked.values())
    values: dict[str, Any] = {f"{name}_id": named for name, named in asked.items() if named in here}
    values |= {f"{name}_crop": request.GET.get(f"{name}_crop", "") for name in asked if asked[name] in here}
    if asked.get(Role.START) in here and "init" in kind.recipe.model_fields:
        values["init"] = "picture"
    return values


def _remixed(source: Render, recipe: Recipe, person: Person) -> dict[str, Any]:
    order = Order.of(source).by(recipe)
    values = for_order(order, person)
    if not order.masks:
        return values
    if places_of(order):  # so they are found again
        return values | {"masks": {}, "regions": "none"}
    return values | {"masks_from": source.pk}


def _named(request: Request, name: str) -> str:
    """The id in `?NAME=`, or in `?NAME_render=`, in the form in which we compare ids."""
    return str(slots.as_uuid(request.GET.get(name) or request.GET.get(f"{name}_render")) or "")


def _swapped(filled: dict[str, str]) -> dict[str, str]:
    """The same pictures with the content and the first style swapped."""
    exchanged = {"content": "style", "style": "content", "content_crop": "style_crop", "style_crop": "content_crop"}
    return {exchanged.get(role, role): named for role, named in filled.items()}


def _render(person: Person, identifier: str) -> Render | None:
    found = slots.as_uuid(identifier)
    return Render.objects.visible_to(person).with_pictures().filter(pk=found).first() if found else None
