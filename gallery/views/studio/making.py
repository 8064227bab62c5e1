"""Making pictures out of numbers: the panel, its preview, and the picture that comes of it.

Every generator of `transfer.synthesis.generators` has a page. Its address carries the whole recipe. `?slot=` is the
place in the studio that the picture is for, and `?back=` the query that leads back there with the other places. `?of=`
is somebody's map, for the generator that takes one, and `?made=` a picture or a finished render to download.
"""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
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
from gallery.pictures import blobs, making, uploads
from gallery.pictures.place_pictures import corner, place_pictures
from gallery.pictures.results.relief import Relief, content_of
from gallery.pictures.world_map import world_map
from gallery.recipes import addresses
from gallery.recipes.fields import initial
from gallery.studio import panels, slots
from gallery.studio.making import EARTH, SOURCE, MakingForm, address_of, generator_named, make, query_of, source_of
from gallery.studio.submission import Refused
from gallery.views.complaints import complaints
from gallery.views.media import HEADERS, unchanged
from gallery.views.request import Request
from transfer.errors import PictureError
from transfer.inputs import Role
from transfer.synthesis.exports.files import RAW_SIDES
from transfer.synthesis.generators import GENERATORS, OWN_MAP, Generator
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.places import PLACES

SLOT, BACK, AT, SHOW, KEEP, MADE, MAP, QUICK = "slot", "back", "at", "show", "keep", "made", "map", "quick"
OF_THE_PAGE = frozenset({SLOT, BACK, AT, SHOW, KEEP, MADE, MAP, QUICK, SOURCE, "csrfmiddlewaretoken"})
RETRY = "3"  # seconds
FOR_A_STYLE = "oil"
LARGE = 4096  # px: the size that is offered for a picture to print
CACHED = {**HEADERS, "Cache-Control": "public, max-age=3600"}


@require_safe
def first(request: Request) -> HttpResponseRedirect:
    """To the page of `?generator=`, or else of the first one, or of a style for the place of a style."""
    query = request.GET.copy()
    usual = FOR_A_STYLE if query.get(SLOT, "").startswith(Role.STYLE) else next(iter(GENERATORS))
    name = query.pop("generator", [usual])[-1]
    return redirect(f"{reverse('make_one', args=[generator_or_404(name).name])}?{query.urlencode()}")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, generator: str) -> HttpResponse:
    """The panel of a generator, as its address says; a POST makes the picture, or has it made by a render.

    Programs that accept JSON get `id` and `picture`, or the address of the `render`, or sentences by field: 201, 202,
    422. Others are led back to the studio, with `show` to the page with these values, with `keep` to the page with what
    there is to download. A `map` is stored, and leads to the page that is about it. 503 while too many are made.
    """
    found = generator_or_404(generator)
    if request.method != "POST":
        mended = addresses.read(found.recipe, request.GET.dict(), OF_THE_PAGE)
        form = MakingForm(found, initial=initial(mended.recipe))
        return _panel(request, form, mended.recipe, remarks=mended.remarks)
    fields = request.POST.copy()
    if size := request.POST.get(AT):
        fields["image_size"] = str(size)
    form, upload = MakingForm(found, fields), request.FILES.get(MAP)
    try:
        if not form.is_valid():
            return _refused(request, form, 422)
        if found.takes_map and isinstance(upload, UploadedFile):
            return _brought(request, form.recipe, upload)
        source = _source(request, found)
        if found.takes_map and source is None:
            raise ValidationError("Choose your map first.")
        if SHOW in fields:
            return redirect("&".join(filter(None, [address_of(form.recipe, source), _kept(request)])))
        return _answer(request, make(form.recipe, maker_of(request), source), address_of(form.recipe, source))
    except making.NotMade as error:
        form.add_error(None, str(error))
        return _refused(request, form, error.status)
    except ValidationError as error:
        form.add_error(None, error)
        return _refused(request, form, 422)
    except Refused as refused:
        form.complain(refused.faults)
        return _refused(request, form, 422)


@require_safe
def preview(request: Request, generator: str) -> HttpResponseBase:
    """What the address's picture will look like, at most 256 px large, as WebP; the header `Made` tells about it.

    With `?quick=1` it is a much smaller sketch, to be seen while the other one is made. A panel that sends its name and
    a count in the header `Panel` gets 409 for all but its newest request. 503 while too many are being made.
    """
    found = generator_or_404(generator)
    mended = addresses.read(found.recipe, request.GET.dict(), OF_THE_PAGE)
    recipe, source, quick = mended.recipe, _source(request, found), QUICK in request.GET
    headers = {**CACHED, "ETag": f'"{making.identity(making.small(recipe), source, quick)}"'}
    if answer := unchanged(request, headers):
        return answer
    try:
        seen = making.preview(recipe, panels.waiting(request.headers.get("Panel", "")), source=source, quick=quick)
    except making.NotMade as error:
        return _sentence(error)
    about = {
        "facts": seen.facts,
        "labels": [[each.name, each.share, each.colour] for each in seen.labels],
        "remarks": mended.remarks,
        "link": address_of(recipe, source),
        "box": _box(recipe),
        "seconds": round(seen.seconds, 3),
    }
    return HttpResponse(seen.content, content_type="image/webp", headers={**headers, "Made": json.dumps(about)})


@require_safe
def earth_map(request: Request) -> HttpResponseBase:
    """The whole Earth, to drag a rectangle on; 404 where its pictures are not installed."""
    try:
        return _of_the_earth(request, world_map())
    except FileNotFoundError as error:
        raise Http404("The pictures of the Earth are not installed.") from error


@require_safe
def earth_places(request: Request) -> HttpResponseBase:
    """Small pictures of its places, all in one; 404 where its pictures are not installed."""
    try:
        return _of_the_earth(request, place_pictures())
    except PictureError as error:
        raise Http404("The pictures of the Earth are not installed.") from error


def generator_or_404(name: str) -> Generator:
    """The generator of that name. Raises Http404."""
    if (found := generator_named(name)) is None:
        raise Http404(f"There is no generator called {name}.")
    return found


def _source(request: Request, generator: Generator) -> Picture | None:
    """The map that the request is about, if the generator takes one."""
    if not generator.takes_map:
        return None
    return source_of(request.person, (request.POST or request.GET).get(SOURCE, ""))


def _of_the_earth(request: Request, content: bytes) -> HttpResponseBase:
    headers = {**HEADERS, "Cache-Control": "public, max-age=604800", "ETag": f'"{blobs.digest(content)[:24]}"'}
    return unchanged(request, headers) or HttpResponse(content, content_type="image/webp", headers=headers)


def _brought(request: Request, recipe: MadeRecipe, upload: UploadedFile) -> HttpResponse:
    """Stores a map and leads to the panel about it. Raises ValidationError."""
    source = uploads.store(uploads.decode(upload, heights=True), maker_of(request))
    address = "&".join(filter(None, [address_of(recipe, source), _kept(request)]))
    return redirect(address) if request.accepts("text/html") else JsonResponse({"address": address}, status=201)


def _panel(
    request: Request, form: MakingForm, recipe: MadeRecipe, remarks: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    slot, back = _way_back(request)
    source = _source(request, form.generator)
    told = query_of(recipe, source)
    context = {
        "form": form,
        "generators": [*GENERATORS.values(), OWN_MAP],
        "source": source,
        "lacks_map": form.generator.takes_map and source is None,
        "largest_mb": uploads.LARGEST_FILE // 2**20,
        **_downloads(request),
        "slot": slot,
        "back": back,
        "kept": _kept(request),
        "remarks": remarks,
        "seen": _seen(recipe, source) if source or not form.generator.takes_map else None,
        "query": urlencode(told),
        "link": address_of(recipe, source),
        "other_seed": urlencode(told | {"seed": secrets.randbelow(10**6)}),
        "large": LARGE,
        "limit": 0 if form.generator.takes_map else making.LARGEST,
        "has_map": form.generator.name == EARTH,
        "places": _places() if form.generator.name == EARTH else [],
    }
    return respond(request, "make/page.html", context, status=status)


def _way_back(request: Request) -> tuple[str, str]:
    """The place that the picture is for, if it is a place, and the query of the studio with the other places."""
    given = request.POST if request.method == "POST" else request.GET
    slot = given.get(SLOT, "")
    return slot if slots.is_name(slot) else "", QueryDict(given.get(BACK, "")).urlencode()


def _kept(request: Request) -> str:
    """The same, as other pages' addresses carry it."""
    slot, back = _way_back(request)
    return urlencode({name: text for name, text in ((SLOT, slot), (BACK, back)) if text})


def _downloads(request: Request) -> dict[str, object]:
    """What there is to download of the picture or the finished render that `?made=` names."""
    named = request.GET.get(MADE, "")
    found = slots.find(request.person, named).get(str(slots.as_uuid(named))) if named else None
    if found is None:
        return {}
    return {
        "made": found,
        "of": "picture" if isinstance(found, Picture) else "render",
        "relief": Relief.of_picture(found) if isinstance(found, Picture) else Relief.of(found, content_of(found)),
        "raw_sides": RAW_SIDES,
        "stem": f"stylesite-{str(found.pk)[:8]}",
    }


def _places() -> list[tuple[str, str, int, int]]:
    """Each place's name, its title, and where its picture begins among those of all places."""
    return [(name, place.title, *corner(number)) for number, (name, place) in enumerate(PLACES.items())]


def _seen(recipe: MadeRecipe, source: Picture | None) -> making.Preview | None:
    """What is known of the preview, for browsers without scripts; others ask for it again anyway."""
    try:
        return making.preview(recipe, patience=0, source=source)
    except making.NotMade:
        return None


def _refused(request: Request, form: MakingForm, status: int) -> HttpResponse:
    """The sentences beside their fields, and the preview of what is nearest."""
    if request.accepts("text/html"):
        nearest = addresses.read(form.generator.recipe, request.POST.dict(), OF_THE_PAGE)
        response = _panel(request, form, nearest.recipe, status=status)
    else:
        response = complaints(form, status)
    if status == making.Busy.status:
        response.headers["Retry-After"] = RETRY
    return response


def _answer(request: Request, thing: Picture | Render, address: str) -> HttpResponse:
    """Leads on to what was made; `address` is that of the panel that made it."""
    slot, back = _way_back(request)
    query = QueryDict(back, mutable=True)
    query[slot or "content"] = str(thing.pk)
    if isinstance(thing, Render):
        page = thing.get_absolute_url()
    elif KEEP in request.POST:
        page = "&".join(filter(None, [address, urlencode({MADE: str(thing.pk)}), _kept(request)]))
    else:
        page = f"{reverse('new')}?{query.urlencode()}"
    if request.accepts("text/html"):
        return redirect(page)
    if isinstance(thing, Render):
        status = reverse("render_status", args=[thing.pk])
        return JsonResponse({"id": str(thing.pk), "render": page, "status": status}, status=202)
    picture = render_to_string("studio/_choice.html", {"picture": thing, "query": "content="})
    return JsonResponse({"id": str(thing.pk), "name": str(thing), "picture": picture}, status=201)


def _box(recipe: MadeRecipe) -> list[float] | None:
    """West, south, east and north of a picture of the Earth."""
    box: Any = getattr(recipe, "box", None)
    return [box.west, box.south, box.east, box.north] if recipe.kind == EARTH else None


def _sentence(error: making.NotMade) -> HttpResponse:
    headers = {"Cache-Control": "no-store", **({"Retry-After": RETRY} if error.status == making.Busy.status else {})}
    return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=error.status, headers=headers)
