"""What the render in the studio would need: a small part of its page, asked for while the form is filled in."""

import re
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gallery import uploads
from gallery.access import is_known, ownership
from gallery.forms import StudioForm
from gallery.models import Picture
from gallery.planning import planned
from gallery.recipe_fields import RecipeForm
from transfer.errors import PlanError

SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")


@require_safe
@never_cache
def fragment(request: HttpRequest) -> HttpResponse:
    """Time, memory and wait of the render that the query describes, or why it cannot be done; else nothing."""
    return render(request, "studio/_plan.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    form = RecipeForm(request.GET)
    sizes = _sizes(request)
    if sizes is None or not form.is_valid():
        return {}
    try:
        whose = ownership(request) if is_known(request) else None
        return {"planned": planned(form.recipe, *sizes, whose=whose)}
    except PlanError as error:
        return {"refusal": str(error)}


def _sizes(request: HttpRequest) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Those of content and style, if both are known: a file that is not here yet goes before a picture that is."""
    stated = {role: _stated(request.GET.get(f"{role}_size", "")) for role in StudioForm.ROLES}
    named = {role: _uuid(request.GET.get(f"{role}_id", "")) for role in StudioForm.ROLES}
    pictures = Picture.objects.filter(pk__in=[each for each in named.values() if each])
    here: dict[uuid.UUID | None, tuple[int, int]] = {each.pk: (each.width, each.height) for each in pictures}
    content, style = (stated[role] or here.get(named[role]) for role in StudioForm.ROLES)
    return (content, style) if content and style else None


def _stated(text: str) -> tuple[int, int] | None:
    """WIDTHxHEIGHT, if a picture of that size may be uploaded."""
    found = SIZE.fullmatch(text)
    size = (int(found[1]), int(found[2])) if found else None
    return size if size and not uploads.about_size(*size) else None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
