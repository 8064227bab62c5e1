"""Making a finished render bigger, or painting it again with another seed."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gallery.accounts.access import ownership
from gallery.models import Render
from gallery.studio import rerender
from transfer.errors import PlanError


@require_POST
def bigger(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """A new render of `image_size` px that goes on from this one; anybody may ask for it."""
    found = _finished(render_id)
    try:
        return redirect(rerender.bigger(found, int(request.POST.get("image_size", "")), ownership(request)))
    except PlanError as error:
        messages.error(request, str(error))
    except ValueError:
        messages.error(request, "Choose one of the larger sizes.")
    return redirect(found)


@require_POST
def reseed(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """A new render like this one, but for its seed."""
    found = _finished(render_id)
    if "seed" not in type(found.recipe).model_fields:
        messages.error(request, "This is painted without chance: there is no other seed.")
        return redirect(found)
    return redirect(rerender.reseeded(found, ownership(request)))


def _finished(render_id: uuid.UUID) -> Render:
    return get_object_or_404(Render.objects.finished().with_pictures(), pk=render_id)
