"""What is known of the places in a picture: what its relief is drawn of, and files for game engines and map makers.

Each view is of a finished render, `render_id`, or of somebody's picture, `picture_id`.
"""

import tempfile
import uuid
from collections.abc import Callable, Mapping
from functools import partial

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as respond
from django.views.decorators.http import require_safe

from gallery.models import Picture, Render
from gallery.models.files import TYPES
from gallery.pictures.results.relief import Relief, content_of
from gallery.pictures.uploads import one_at_a_time
from gallery.views.lookup import visible_or_404
from gallery.views.media import named, revalidated, unchanged
from gallery.views.request import Request
from transfer.synthesis.exports import files as exports
from transfer.synthesis.exports import surface
from transfer.synthesis.exports.normals import normal_map
from transfer.synthesis.made import height_png

MOST_SHOWN = 512  # vertices along the long side of what a page shows
HIGHEST = 10.0
IN_MEMORY = 16 * 2**20  # bytes of a ZIP, before it goes to a file


@require_safe
def page(request: Request, picture_id: uuid.UUID) -> HttpResponse:
    """The relief of a picture; of one without a height it offers `?from=lightness`, by which light is high."""
    picture = visible_or_404(Picture.objects.all(), request.person, picture_id)
    of_lightness = request.GET.get("from") == "lightness"
    relief = Relief.of_lightness(picture) if of_lightness else Relief.of_picture(picture)
    context = {
        "picture": picture,
        "relief": relief,
        "raw_sides": exports.RAW_SIDES,
        "stem": relief.stem,
    }
    return respond(request, "pictures/relief.html", context)


@require_safe
def height(request: Request, **of: uuid.UUID) -> HttpResponseBase:
    """The surface that the page shows, as `transfer.synthesis.exports.surface.packed` says."""
    found = _with_height(request, of)
    return _made(
        request,
        found,
        "application/octet-stream",
        lambda: surface.packed(found.surface(MOST_SHOWN), found.wraps),
        "-surface.bin",
    )


@require_safe
def model(request: Request, **of: uuid.UUID) -> HttpResponseBase:
    """The picture over its terrain as GLB; `?exaggeration=` is a number from 0 to 10. 400 for any other."""
    found, exaggeration = _with_height(request, of), _exaggeration(request)
    if exaggeration is None:
        return _not_so_high(request)
    return _made(request, found, "model/gltf-binary", partial(_glb, found, exaggeration), ".glb", f" {exaggeration}")


def _exaggeration(request: Request) -> float | None:
    """How many times as high it shall be; None for what cannot be."""
    try:
        found = float(request.GET.get("exaggeration") or 1)
    except ValueError:
        return None
    return found if 0 <= found <= HIGHEST else None


def _not_so_high(request: Request) -> HttpResponse:
    sentence = f"The height can be exaggerated 0 to {HIGHEST:g} times: ask for a number between these."
    return respond(request, "error.html", {"title": "Not so high", "sentence": sentence}, status=400)


def _glb(found: Relief, exaggeration: float) -> bytes:
    from transfer.synthesis.exports.glb import MOST_VERTICES, glb  # trimesh takes half a second to import

    return glb(found.picture, found.surface(MOST_VERTICES), exaggeration)


@require_safe
def height_map(request: Request, **of: uuid.UUID) -> HttpResponseBase:
    """The height as a grey PNG of 16 bits, pixel for pixel like the picture."""
    found = _with_height(request, of)
    return _made(request, found, TYPES["png"], partial(_height_png, found), "-height.png")


def _height_png(found: Relief) -> bytes:
    return height_png(exports.aligned_height(found.height, found.picture.size))


@require_safe
def normals(request: Request, **of: uuid.UUID) -> HttpResponseBase:
    """Its normal map, +Y up as in OpenGL, of the picture's size; `?exaggeration=` as for the model."""
    found, exaggeration = _with_height(request, of), _exaggeration(request)
    if exaggeration is None:
        return _not_so_high(request)
    make = partial(_normal_map, found, exaggeration)
    return _made(request, found, TYPES["png"], make, "-normals.png", f" {exaggeration}")


def _normal_map(found: Relief, exaggeration: float) -> bytes:
    return normal_map(exports.aligned_height(found.height, found.picture.size), found.wrap, exaggeration)


@require_safe
def raw(request: Request, side: int, **of: uuid.UUID) -> HttpResponseBase:
    """The height as RAW16 with so many samples a side, the sea's floor included."""
    found = _with_height(request, of)
    return _made(
        request,
        found,
        "application/octet-stream",
        lambda: exports.raw16(found.height, side, found.wraps or found.wrap.x, found.wrap.y),
        f"-height-{side}.raw",
    )


@require_safe
def maps(request: Request, **of: uuid.UUID) -> HttpResponseBase:
    """Picture, height, labels and rivers in one ZIP, pixel for pixel alike."""
    found = _relief(request, of)
    headers = revalidated(found.names) | named(f"{found.stem}-maps.zip")
    if known := unchanged(request, headers):
        return known
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    try:
        with one_at_a_time, found.output.open() as output:
            height = found.height if found.has_height else None
            exports.write_zip(file, output.read(), found.picture.size, height, found.label_map, found.river_map)
    except FileNotFoundError as error:
        raise Http404("Its pictures are gone.") from error
    file.seek(0)
    return FileResponse(file, content_type="application/zip", headers=headers)


@require_safe
def rivers(request: Request, ending: str, **of: uuid.UUID) -> HttpResponseBase:
    """The rivers in the picture's pixels, as `geojson`, in degrees where it is a globe, or as `svg`."""
    found = _relief(request, of)
    if not found.rivers:
        raise Http404("Of this picture, no rivers are known.")
    return _made(request, found, TYPES[ending], lambda: _rivers(found, ending), f"-rivers.{ending}")


def _rivers(found: Relief, ending: str) -> bytes:
    drawn = found.river_map
    assert drawn is not None  # noqa: S101
    return (drawn.svg() if ending == "svg" else drawn.geojson()).encode()


def _relief(request: Request, of: Mapping[str, uuid.UUID]) -> Relief:
    """What is known of the row that is asked for; its lightness as its height by `?from=lightness`. Raises Http404."""
    is_light = request.GET.get("from") == "lightness"
    if "picture_id" in of:
        picture = visible_or_404(Picture.objects.all(), request.person, of["picture_id"])
        relief = Relief.of_lightness(picture) if is_light else Relief.of_picture(picture)
    else:
        render = visible_or_404(Render.objects.finished(), request.person, of["render_id"])
        relief = Relief.of_lightness(render) if is_light else Relief.of(render, content_of(render))
    if not relief.is_known:
        raise Http404("Nothing is known of this picture's places.")
    return relief


def _with_height(request: Request, of: Mapping[str, uuid.UUID]) -> Relief:
    found = _relief(request, of)
    if not found.has_height:
        raise Http404("This picture has no height.")
    return found


def _made(
    request: Request, found: Relief, content_type: str, make: Callable[[], bytes], ending: str, how: str = ""
) -> HttpResponseBase:
    headers = revalidated(f"{found.names} {ending}{how}") | named(found.stem + ending)
    if known := unchanged(request, headers):
        return known
    try:
        with one_at_a_time:
            content = make()
    except FileNotFoundError as error:
        raise Http404("Its pictures are gone.") from error
    return HttpResponse(content, content_type=content_type, headers=headers)
