"""The gallery: everybody's finished renders. The address's query filters, sorts and searches them."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gallery.browsing.collections import featured
from gallery.browsing.filters import GalleryFilter
from gallery.browsing.marks import favourites_among
from gallery.browsing.paging import page_after
from gallery.models import Picture, Tag
from gallery.queueing import removals
from gallery.views.request import Request
from gallery.views.studio.starters import to_start_from

SUGGESTED = 200
FEW = 8  # renders: with fewer, the first page has room for pictures to start from, and for the cookbook


@require_safe
def index(request: Request) -> HttpResponse:
    """A page of renders; for htmx only its cards, which are appended to the page.

    A query that is not canonical, as when a form sends empty fields, redirects to the canonical one.
    """
    chosen = GalleryFilter(request.GET, request.person)
    cursor = request.GET.get("after", "")
    canonical = chosen.query(after=cursor)
    for_htmx = bool(request.htmx)
    if not for_htmx and request.GET and f"?{request.GET.urlencode()}" != canonical:
        return redirect(reverse("gallery") + canonical)
    pending = removals.pending()
    page = page_after(chosen.select().without(pending.renders), cursor, chosen.order)
    context = {
        "page": page,
        "pending": pending,
        "first": not cursor,
        "filter": chosen,
        "more": chosen.query(after=page.next),
        "favourites": favourites_among(request.person, page.renders),
    }
    if not for_htmx:
        context["featured"] = [] if cursor or chosen.is_on else featured(request.person, pending.renders)
    if not (for_htmx or cursor or chosen.is_on) and len(page.renders) < FEW:
        context |= to_start_from(request.person)
    response = render(request, "gallery/_cards.html" if for_htmx else "gallery/index.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def suggestions(request: Request) -> HttpResponse:
    """Tags, authors and licences that there are, for the fields of the filter."""
    tags = Tag.objects.visible_to(request.person).values_list("name", flat=True)[:SUGGESTED]
    context = {"tags": tags, "authors": _suggested(request, "author"), "licences": _suggested(request, "licence")}
    return render(request, "gallery/_suggestions.html", context)


def _suggested(request: Request, column: str) -> QuerySet[Picture, str]:
    """Some of what pictures have in a column, for a field of the filter."""
    named = Picture.objects.visible_to(request.person).lasting().exclude(**{column: ""}).order_by(column)
    return named.values_list(column, flat=True).distinct()[:SUGGESTED]
