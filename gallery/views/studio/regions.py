"""What the studio's regions painter asks for while somebody paints regions."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from gallery.models import Picture, Render
from gallery.pictures import masks
from gallery.pictures.places import labels_in
from gallery.views.media import revalidated, unchanged
from gallery.views.request import Request


@require_POST
def automatic(request: Request) -> JsonResponse:
    """Masks for small pictures, matched by colour; 422 with a sentence if none can be made."""
    pictures = [*request.FILES.getlist("content")[:1], *request.FILES.getlist("style")]
    count = request.POST.get("count", "")
    try:
        found = masks.found_by_colour(pictures, int(count) if count.isdecimal() and len(count) < 3 else 0)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return JsonResponse({"masks": found})


@require_safe
def places(request: Request, identifier: uuid.UUID) -> HttpResponseBase:
    """What a stored picture or a finished render knows of its places: a mask and its values' names, or nothing."""
    stored = Picture.objects.visible_to(request.person).filter(pk=identifier).values_list("labels", flat=True)
    renders = Render.objects.visible_to(request.person).finished()
    found = [*stored, *renders.filter(pk=identifier).values_list("labels", flat=True)]
    if not found:
        raise Http404("There is no such picture.")
    labels = labels_in(found[0] or "")
    return JsonResponse({"mask": masks.to_correct(labels.values), "names": labels.names} if labels else {})


@require_safe
def picture(request: Request, identifier: uuid.UUID) -> HttpResponseBase:
    """A stored picture, or a finished render's, at the size at which people paint over it."""
    stored = Picture.objects.visible_to(request.person).filter(pk=identifier).values_list("file", flat=True)
    renders = Render.objects.visible_to(request.person).finished()
    outputs = renders.filter(pk=identifier).values_list("output", flat=True)
    if (name := stored.first() or outputs.first()) is None:
        raise Http404("There is no such picture.")
    headers = revalidated(name)
    if known := unchanged(request, headers):
        return known
    try:
        return HttpResponse(masks.to_paint_on(name), content_type="image/webp", headers=headers)
    except FileNotFoundError as error:
        raise Http404("There is no such file.") from error
