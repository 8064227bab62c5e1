"""Choosing a picture that is here already for the studio: a page, and what the studio's dialog shows of it."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gallery.accounts.access import is_known, ownership
from gallery.models import Picture, Render
from gallery.studio import slots

SHOWN = 24  # of each kind
TITLES = {slots.CONTENT: "Choose a content picture", slots.START: "Choose a picture to start from"}
LOOKED_AT = 200  # pictures of others, many of which may be the same


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """One's own pictures, those of others and finished renders, to be `?for=` a role; what is chosen else stays."""
    roles = slots.all_roles()
    role = request.GET.get("for", "")
    role = role if role in roles else slots.CONTENT
    kept = {name: value for name, value in request.GET.dict().items() if name in (*roles, "styles") and name != role}
    mine = Picture.objects.filter(**ownership(request).fields()) if is_known(request) else Picture.objects.none()
    own = list(mine[:SHOWN])
    context = {
        "title": TITLES.get(role, "Choose a style picture"),
        "query": urlencode({**kept, role: ""}),
        "own": own,
        "others": _different(Picture.objects.exclude(pk__in=mine.values("pk"))[:LOOKED_AT], own),
        "renders": Render.objects.with_pictures().finished()[:SHOWN],
    }
    return render(request, "studio/choose.html", context)


def _different(pictures: Iterable[Picture], own: Iterable[Picture]) -> list[Picture]:
    """The first of each picture that is none of one's own."""
    found = {picture.sha256: picture for picture in own}
    here = len(found)
    for picture in pictures:
        found.setdefault(picture.sha256, picture)
    return list(found.values())[here : here + SHOWN]
