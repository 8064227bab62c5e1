"""The gallery: everybody's finished renders, filtered, sorted and searched by the address's query."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gallery.browsing.filters import GalleryFilter
from gallery.browsing.paging import page_after
from gallery.models import Favourite, Tag
from gallery.views.request import Request

SUGGESTED_TAGS = 200


@require_safe
def index(request: Request) -> HttpResponse:
    """A page of renders; to htmx only its cards, to be put after those that are there.

    A query that is not canonical, as a form sends it with its empty fields, leads to the one that is.
    """
    chosen = GalleryFilter(request.GET, request.person)
    cursor = request.GET.get("after", "")
    canonical = chosen.query(after=cursor)
    for_htmx = bool(request.htmx)
    if not for_htmx and request.GET and f"?{request.GET.urlencode()}" != canonical:
        return redirect(reverse("gallery") + canonical)
    page = page_after(chosen.select(), cursor, chosen.order)
    favourites = Favourite.objects.visible_to(request.person).filter(render__in=page.renders)
    context = {"page": page, "first": not cursor, "filter": chosen, "more": chosen.query(after=page.next),
               "favourites": set(favourites.values_list("render_id", flat=True))}  # fmt: skip
    if not for_htmx:
        context["tags"] = Tag.objects.visible_to(request.person).values_list("name", flat=True)[:SUGGESTED_TAGS]
    response = render(request, "gallery/_cards.html" if for_htmx else "gallery/index.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
