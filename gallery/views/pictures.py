"""One's own pictures: to use again, or to delete."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gallery.accounts.access import is_known, ownership
from gallery.models import Picture
from gallery.queueing import deletion

SHOWN = 200


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The latest pictures that this person uploaded."""
    pictures = Picture.objects.filter(**ownership(request).fields())[:SHOWN] if is_known(request) else []
    return render(request, "pictures/mine.html", {"pictures": pictures})


@require_POST
def delete(request: HttpRequest, picture_id: uuid.UUID) -> HttpResponse:
    """Deletes a picture of one's own with one's renders of it; 409 when other people's renders use it."""
    picture = get_object_or_404(Picture, pk=picture_id)
    try:
        deletion.delete_picture(request, picture)
    except deletion.InUse as error:
        return render(request, "error.html", {"title": "Still in use", "sentence": str(error)}, status=409)
    messages.success(request, "The picture and your renders of it are deleted.")
    return redirect("pictures")
