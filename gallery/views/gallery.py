"""The gallery: everybody's finished renders. The address's query filters, sorts and searches them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gallery.browsing.filters import GalleryFilter
from gallery.browsing.paging import page_after
from gallery.models import Favourite, Tag
from gallery.views.request import Request
from gallery.views.studio.starters import to_cook, to_start_from

SUGGESTED_TAGS = 200
FEW = 8  # renders: with fewer, the first page has room for the cookbook


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
    page = page_after(chosen.select(), cursor, chosen.order)
    favourites = Favourite.objects.visible_to(request.person).filter(render__in=page.renders)
    context = {"page": page, "first": not cursor, "filter": chosen, "more": chosen.query(after=page.next),
               "favourites": set(favourites.values_list("render_id", flat=True))}  # fmt: skip
    if not for_htmx:
        context["tags"] = Tag.objects.visible_to(request.person).values_list("name", flat=True)[:SUGGESTED_TAGS]
    if not (for_htmx or cursor or chosen.is_on):
        if not page.renders:
            context |= to_start_from(request.person)
        elif len(page.renders) < FEW:
            context["presets"] = to_cook()
    response = render(request, "gallery/_cards.html" if for_htmx else "gallery/index.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
