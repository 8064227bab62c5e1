"""The gallery: everybody's finished renders, filtered, sorted and searched by the address's query."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gallery.accounts.access import is_known, ownership
from gallery.browsing.filters import GalleryFilter
from gallery.browsing.paging import Page, page_after
from gallery.models import Favourite, Tag

SUGGESTED_TAGS = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A page of renders; to htmx only its cards, to be put after those that are there.

    A query that is not canonical, as a form sends it with its empty fields, leads to the one that is.
    """
    chosen = GalleryFilter(request)
    cursor = request.GET.get("after", "")
    canonical = chosen.query(after=cursor)
    for_htmx = request.htmx  # type: ignore[attr-defined]
    if not for_htmx and request.GET and f"?{request.GET.urlencode()}" != canonical:
        return redirect(reverse("gallery") + canonical)
    page = page_after(chosen.select(), cursor, chosen.order)
    context = {"page": page, "first": not cursor, "filter": chosen, "more": chosen.query(after=page.next),
               "favourites": _favourites(request, page)}  # fmt: skip
    if not for_htmx:
        context["tags"] = Tag.objects.values_list("name", flat=True)[:SUGGESTED_TAGS]
    response = render(request, "gallery/_cards.html" if for_htmx else "gallery/index.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _favourites(request: HttpRequest, page: Page) -> set[uuid.UUID]:
    """Which of these renders are this person's favourites."""
    if not is_known(request):
        return set()
    person = ownership(request).fields()
    return set(Favourite.objects.filter(**person, render__in=page.renders).values_list("render_id", flat=True))
