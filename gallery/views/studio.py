"""The studio: where a content picture and styles become a render."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from gallery.accounts.access import ownership
from gallery.models import Render
from gallery.pictures.uploads import LARGEST_FILE
from gallery.queueing import queue
from gallery.queueing.order import Order
from gallery.recipes.fields import initial
from gallery.studio import slots
from gallery.studio.form import StudioForm
from gallery.studio.mask_form import masks_of
from gallery.studio.sweep_form import SweepForm
from transfer.inputs import Role
from transfer.recipes.style import MOST_STYLES


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, empty or filled in from the query; a valid POST renders.

    `?from=` names a render, `?content=`, `?style=`, `?style_2=`, `?start=` and so on name pictures or finished renders,
    and `?styles=` says how many there are places for.
    """
    if request.method != "POST":
        return page(request, StudioForm(initial=_initial(request)))
    form = StudioForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form, status=422)
    owner = ownership(request)
    content, *styles = form.pictures(owner)
    start = form.start(owner)
    for sentence in form.strangers:
        messages.warning(request, sentence)
    with transaction.atomic():  # so that nobody discards a mask before there is a row that needs it
        row = queue.submit(Order.in_style(form.recipe, content, styles, form.stored_masks(), start), owner)
    return redirect(row)


def page(
    request: HttpRequest, form: StudioForm, status: int = 200, sweep: SweepForm | None = None, **context: object
) -> HttpResponse:
    """The studio with `form`, and with the form of a sweep if that was submitted."""
    filled = {slot.role: str(slot.chosen.pk) for slot in (*form.picture_slots, form.start_slot) if slot.chosen}
    context |= {
        "form": form,
        "sweep_form": sweep or SweepForm(),
        "filled": urlencode({**filled, "styles": str(form.styles)}),
        "swapped": urlencode({**_swapped(filled), "styles": str(form.styles)}),
        "one_style_more": urlencode({**filled, "styles": str(form.styles + 1)}),
        "largest_mb": LARGEST_FILE // 2**20,
    }
    return render(request, "studio/new.html", context, status=status)


def for_order(order: Order) -> dict[str, Any]:
    """The form's initial values for this order."""
    values = initial(order.recipe) | slots.weights(order.recipe)
    pictures = {slots.CONTENT: order.pictures(Role.CONTENT), slots.START: order.pictures(Role.START)}
    pictures |= {slots.style(number): (picture,) for number, picture in enumerate(order.styles, 1)}
    values |= {f"{role}_id": picture.pk for role, found in pictures.items() for picture in found}
    return values | {"masks": masks_of(order)}


def _initial(request: HttpRequest) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if source := _render(request.GET.get("from", "")):
        order = Order.of(source)
        values = for_order(order) | ({"masks_from": source.pk} if order.masks else {})
    elif source := _render(request.GET.get("recipe", "")):
        values = initial(source.recipe)
    asked = {role: _named(request, role) for role in slots.all_roles()}
    here = slots.find(*asked.values())
    values |= {f"{role}_id": named for role, named in asked.items() if named in here}
    if asked[slots.START] in here:
        values["init"] = "picture"
    places = request.GET.get("styles", "")
    if places in map(str, range(2, MOST_STYLES + 1)):
        values.setdefault(f"{slots.style(int(places))}_id", None)
    return values


def _named(request: HttpRequest, role: str) -> str:
    """The id in `?ROLE=`, or in `?ROLE_render=`, in the form in which ids are compared."""
    return str(slots.as_uuid(request.GET.get(role) or request.GET.get(f"{role}_render")) or "")


def _swapped(filled: dict[str, str]) -> dict[str, str]:
    """The same pictures, the content and the first style exchanged."""
    exchanged = {"content": "style", "style": "content"}
    return {exchanged.get(role, role): named for role, named in filled.items()}


def _render(identifier: str) -> Render | None:
    found = slots.as_uuid(identifier)
    return Render.objects.with_pictures().filter(pk=found).first() if found else None
