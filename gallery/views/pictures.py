"""The person's own pictures: to use again, or to delete."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gallery.models import Picture
from gallery.queueing import deletion, removals
from gallery.views.lookup import visible_or_404
from gallery.views.request import Request
from transfer.synthesis.exports.files import RAW_SIDES

SHOWN, LONGEST_SEARCH = 200, 100


@require_safe
def mine(request: Request) -> HttpResponse:
    """The person's latest uploads; `?q=` finds them by name, author, source and licence."""
    pending = removals.pending()
    own = Picture.objects.lasting().visible_to(request.person).belonging_to(request.person).without(pending.pictures)
    sought = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context = {"pending": pending, "pictures": own.found_by(sought)[:SHOWN], "sought": sought, "raw_sides": RAW_SIDES}
    return render(request, "pictures/mine.html", context)


@require_POST
def delete(request: Request, picture_id: uuid.UUID) -> HttpResponse:
    """Deletes the person's picture and their renders of it; 409 if other people's renders use it."""
    picture = visible_or_404(Picture.objects.all(), request.person, picture_id)
    try:
        deletion.delete_picture(request.person, picture)
    except deletion.InUse as error:
        return render(request, "error.html", {"title": "Still in use", "sentence": str(error)}, status=409)
    messages.success(request, "The picture and your renders of it are deleted.")
    return redirect("pictures")
