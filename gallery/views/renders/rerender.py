"""Makes a finished render bigger, or paints it again with another seed."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gallery.accounts.session import maker_of
from gallery.studio import rerender
from gallery.studio.submission import Refused
from gallery.views.lookup import finished_or_404
from gallery.views.request import Request


@require_POST
def bigger(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """A new render of `image_size` px that continues from this one; anybody may ask for it."""
    found = finished_or_404(request.person, render_id)
    try:
        return redirect(rerender.bigger(found, int(request.POST.get("image_size", "")), maker_of(request)))
    except Refused as error:
        messages.error(request, str(error))
    except ValueError:
        messages.error(request, "Choose one of the larger sizes.")
    return redirect(found)


@require_POST
def reseed(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """A new render like this one with another seed."""
    found = finished_or_404(request.person, render_id)
    if "seed" not in type(found.recipe).model_fields:
        messages.error(request, "This is painted without chance: there is no other seed.")
        return redirect(found)
    try:
        return redirect(rerender.reseeded(found, maker_of(request)))
    except Refused as error:
        messages.error(request, str(error))
        return redirect(found)
