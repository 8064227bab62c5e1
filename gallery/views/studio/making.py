"""Making pictures out of numbers: the panel, its preview, and the picture that comes of it.

Every generator of `transfer.synthesis.generators` has a page. Its address carries the whole recipe. `?slot=` is the
place in the studio that the picture is for, and `?back=` the query that leads back there with the other places.
"""

import json
import re
import secrets
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render as respond
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from gallery.accounts.session import maker_of
from gallery.models import Picture, Render
from gallery.pictures import blobs, making
from gallery.pictures.world_map import world_map
from gallery.recipes import addresses
from gallery.recipes.fields import initial
from gallery.studio import panels
from gallery.studio.making import EARTH, MakingForm, address_of, make
from gallery.studio.submission import Refused
from gallery.views.media import HEADERS, unchanged
from gallery.views.request import Request
from transfer.recipes.stored import Mended
from transfer.synthesis.generators import GENERATORS, Generator
from transfer.synthesis.recipes.base import MadeRecipe

SLOT, BACK, AT, SHOW = "slot", "back", "at", "show"
OF_THE_PAGE = frozenset({SLOT, BACK, AT, SHOW, "csrfmiddlewaretoken"})
PLACE = re.compile(r"[a-z]{1,12}(_[0-9]{1,2})?")
RETRY = "3"  # seconds
LARGE = 4096  # px: the size that is offered for a picture to print
CACHED = {**HEADERS, "Cache-Control": "public, max-age=3600"}


@require_safe
def first(request: Request) -> HttpResponseRedirect:
    """To the page of `?generator=`, or of the first one."""
    query = request.GET.copy()
    name = query.pop("generator", [next(iter(GENERATORS))])[-1]
    return redirect(f"{reverse('make_one', args=[generator_or_404(name).name])}?{query.urlencode()}")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, generator: str) -> HttpResponse:
    """The panel of a generator, as its address says; a POST makes the picture, or has it made by a render.

    Programs that accept JSON get `id` and `picture`, or the address of the `render`, or sentences by field: 201, 202,
    422. Others are led back to the studio, or with `show` to the page with these values. 503 while too many are made.
    """
    found = generator_or_404(generator)
    if request.method != "POST":
        mended = addresses.read(found.recipe, request.GET.dict(), OF_THE_PAGE)
        form = MakingForm(found, initial=initial(mended.recipe))
        return _panel(request, form, _made(mended), remarks=mended.remarks)
    fields = request.POST.copy()
    if size := request.POST.get(AT):
        fields["image_size"] = str(size)
    form = MakingForm(found, fields)
    try:
        if not form.is_valid():
            return _refused(request, form, 422)
        if SHOW in fields:
            return redirect("&".join(filter(None, [address_of(form.made), _kept(request)])))
        return _answer(request, make(form.made, maker_of(request)))
    except making.NotMade as error:
        form.add_error(None, str(error))
        return _refused(request, form, error.status)
    except Refused as refused:
        form.complain(refused.faults)
        return _refused(request, form, 422)


@require_safe
def preview(request: Request, generator: str) -> HttpResponseBase:
    """What the address's picture will look like, at most 256 px large, as WebP; the header `Made` tells about it.

    A panel that sends its name and a count in the header `Panel` gets 409 for all but its newest request. 503 while too
    many are being made.
    """
    found = generator_or_404(generator)
    mended = addresses.read(found.recipe, request.GET.dict(), OF_THE_PAGE)
    recipe = _made(mended)
    headers = {**CACHED, "ETag": f'"{making.identity(making.small(recipe))}"'}
    if answer := unchanged(request, headers):
        return answer
    try:
        seen = making.preview(recipe, panels.waiting(request.headers.get("Panel", "")))
    except making.NotMade as error:
        return _sentence(error)
    about = {
        "facts": seen.facts,
        "labels": [[each.name, each.share, each.colour] for each in seen.labels],
        "remarks": mended.remarks,
        "link": address_of(recipe),
        "box": _box(recipe),
    }
    return HttpResponse(seen.content, content_type="image/webp", headers={**headers, "Made": json.dumps(about)})


@require_safe
def earth_map(request: Request) -> HttpResponseBase:
    """The whole Earth, to drag a rectangle on; 404 where its pictures are not installed."""
    try:
        content = world_map()
    except FileNotFoundError as error:
        raise Http404("The pictures of the Earth are not installed.") from error
    headers = {**HEADERS, "Cache-Control": "public, max-age=604800", "ETag": f'"{blobs.digest(content)[:24]}"'}
    return unchanged(request, headers) or HttpResponse(content, content_type="image/webp", headers=headers)


def generator_or_404(name: str) -> Generator:
    """The generator of that name. Raises Http404."""
    if name not in GENERATORS:
        raise Http404(f"There is no generator called {name}.")
    return GENERATORS[name]


def _made(mended: Mended) -> MadeRecipe:
    assert isinstance(mended.recipe, MadeRecipe)  # noqa: S101
    return mended.recipe


def _panel(
    request: Request, form: MakingForm, recipe: MadeRecipe, remarks: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    slot, back = _way_back(request)
    told = addresses.query(recipe)
    context = {
        "form": form,
        "generators": GENERATORS.values(),
        "slot": slot,
        "back": back,
        "kept": _kept(request),
        "remarks": remarks,
        "seen": _seen(recipe),
        "query": urlencode(told),
        "link": address_of(recipe),
        "other_seed": urlencode(told | {"seed": secrets.randbelow(10**6)}),
        "large": LARGE,
        "limit": making.LARGEST,
        "has_map": form.generator.name == EARTH,
    }
    return respond(request, "make/page.html", context, status=status)


def _way_back(request: Request) -> tuple[str, str]:
    """The place that the picture is for, if it is a place, and the query of the studio with the other places."""
    given = request.POST if request.method == "POST" else request.GET
    slot = given.get(SLOT, "")
    return slot if PLACE.fullmatch(slot) else "", QueryDict(given.get(BACK, "")).urlencode()


def _kept(request: Request) -> str:
    """The same, as other pages' addresses carry it."""
    slot, back = _way_back(request)
    return urlencode({name: text for name, text in ((SLOT, slot), (BACK, back)) if text})


def _seen(recipe: MadeRecipe) -> making.Preview | None:
    """What is known of the preview, for browsers without scripts; others ask for it again anyway."""
    try:
        return making.preview(recipe, patience=0)
    except making.NotMade:
        return None


def _refused(request: Request, form: MakingForm, status: int) -> HttpResponse:
    """The sentences beside their fields, and the preview of what is nearest."""
    if request.accepts("text/html"):
        nearest = addresses.read(form.generator.recipe, request.POST.dict(), OF_THE_PAGE)
        response = _panel(request, form, _made(nearest), status=status)
    else:
        response = JsonResponse({"errors": {name: list(map(str, form.errors[name])) for name in form.errors}})
        response.status_code = status
    if status == making.Busy.status:
        response.headers["Retry-After"] = RETRY
    return response


def _answer(request: Request, thing: Picture | Render) -> HttpResponse:
    slot, back = _way_back(request)
    query = QueryDict(back, mutable=True)
    query[slot or "content"] = str(thing.pk)
    address = thing.get_absolute_url() if isinstance(thing, Render) else f"{reverse('new')}?{query.urlencode()}"
    if request.accepts("text/html"):
        return redirect(address)
    if isinstance(thing, Render):
        return JsonResponse({"render": address, "status": reverse("render_status", args=[thing.pk])}, status=202)
    picture = render_to_string("studio/_choice.html", {"picture": thing, "query": "content="})
    return JsonResponse({"id": str(thing.pk), "name": str(thing), "picture": picture}, status=201)


def _box(recipe: MadeRecipe) -> list[float] | None:
    """West, south, east and north of a picture of the Earth."""
    box: Any = getattr(recipe, "box", None)
    return [box.west, box.south, box.east, box.north] if recipe.kind == EARTH else None


def _sentence(error: making.NotMade) -> HttpResponse:
    headers = {"Cache-Control": "no-store", **({"Retry-After": RETRY} if error.status == making.Busy.status else {})}
    return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=error.status, headers=headers)
