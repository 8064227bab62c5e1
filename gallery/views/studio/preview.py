"""The preview that the studio shows beside its fields: begun, looked at and ended by the page's script."""

import base64
import re
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gallery.accounts.session import maker_of
from gallery.queueing import previews, progress
from gallery.studio import slots
from gallery.studio.submission import preview as begin
from gallery.views.complaints import complaints
from gallery.views.request import Request
from gallery.views.studio.previewed import previewed

TAB = re.compile(r"[0-9a-z]{1,32}")


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@never_cache
def preview(request: Request) -> HttpResponse:
    """POST begins one for the tab `tab`, of what the studio's form says; DELETE ends it; GET tells how `?id=` is.

    Nothing of it is published, and only who began it sees it. Raises Http404 where the tab or the id is none.
    """
    if request.method == "DELETE":
        previews.stop(request.person, _tab(request.GET.get("tab", "")))
        return HttpResponse(status=204)
    return _begun(request) if request.method == "POST" else _seen(request)


def _begun(request: Request) -> JsonResponse:
    """201 with the `id`, and by places the ids of stored `pictures` and `notes` on uploads; 422 with sentences."""
    tab, form = _tab(request.POST.get("tab", "")), previewed(request)
    if not form.is_valid():
        return complaints(form)
    row, pictures = begin(form.submission, maker_of(request), tab)
    stored = {name: str(picture.pk) for name, picture in pictures.items()}
    return JsonResponse({"id": str(row.pk), "pictures": stored, "notes": form.submission.notes}, status=201)


def _seen(request: Request) -> JsonResponse:
    """`state`, `why`, the `rung` in px, the `fraction` that is done, and the `picture` unless it is the `?n=`th."""
    if (identifier := slots.as_uuid(request.GET.get("id", ""))) is None:
        raise Http404("There is no such preview.")
    seen = previews.look(identifier, request.person)
    answer: dict[str, Any] = {"state": seen.state, "why": seen.why, "rung": 0, "fraction": 0.0, "n": 0, "picture": None}
    if seen.progress is not None:
        answer |= {"rung": seen.progress.rung, "fraction": seen.progress.fraction, "n": seen.progress.frame}
        if str(seen.progress.frame) != request.GET.get("n") and (frame := progress.read_frame(identifier)):
            answer["picture"] = f"data:image/jpeg;base64,{base64.b64encode(frame).decode()}"
    return JsonResponse(answer)


def _tab(name: str) -> str:
    if not TAB.fullmatch(name):
        raise Http404("That is no name of a tab.")
    return name
