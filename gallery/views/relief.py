"""The relief of a finished render: what its view asks for, and files for game engines and map makers."""

import math
import tempfile
import uuid
from collections.abc import Callable

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as respond
from django.views.decorators.http import require_safe

from gallery.models import Render
from gallery.pictures.relief import Relief
from gallery.pictures.uploads import one_at_a_time
from gallery.views.lookup import visible_or_404
from gallery.views.media import revalidated, unchanged
from gallery.views.request import Request
from transfer.synthesis.exports import files as exports
from transfer.synthesis.exports import surface

MOST_SHOWN = 512  # vertices along the long side of what a page shows
HIGHEST = 10.0
IN_MEMORY = 16 * 2**20  # bytes of a ZIP, before it goes to a file


@require_safe
def height(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """The surface that the page shows, as `transfer.synthesis.exports.surface.packed` says."""
    found = _relief(request, render_id)
    return _made(
        request,
        found,
        "application/octet-stream",
        lambda: surface.packed(found.surface(MOST_SHOWN), found.wraps),
    )


@require_safe
def model(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """The picture over its terrain as GLB; `?exaggeration=` is a number from 0 to 10. 400 for any other."""
    found = _relief(request, render_id)
    try:
        exaggeration = float(request.GET.get("exaggeration") or 1)
    except ValueError:
        exaggeration = math.nan
    if not 0 <= exaggeration <= HIGHEST:
        sentence = f"The height can be exaggerated 0 to {HIGHEST:g} times: ask for a number between these."
        return respond(request, "error.html", {"title": "Not so high", "sentence": sentence}, status=400)
    return _made(request, found, "model/gltf-binary", lambda: _glb(found, exaggeration), f" {exaggeration}")


def _glb(found: Relief, exaggeration: float) -> bytes:
    from transfer.synthesis.exports.glb import MOST_VERTICES, glb  # trimesh takes half a second to import

    return glb(found.picture, found.surface(MOST_VERTICES), exaggeration)


@require_safe
def raw(request: Request, render_id: uuid.UUID, side: int) -> HttpResponseBase:
    """The height as RAW16 with so many samples a side, the sea's floor included."""
    found = _relief(request, render_id)
    return _made(request, found, "application/octet-stream", lambda: exports.raw16(found.height, side, found.wraps))


@require_safe
def maps(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """Result, height and labels in one ZIP, pixel for pixel alike."""
    found = _relief(request, render_id)
    headers = revalidated(found.names)
    if known := unchanged(request, headers):
        return known
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    try:
        with one_at_a_time, found.output.open() as output:
            exports.write_zip(file, output.read(), found.picture.size, found.height, found.label_map)
    except FileNotFoundError as error:
        raise Http404("Its pictures are gone.") from error
    file.seek(0)
    return FileResponse(file, content_type="application/zip", headers=headers)


def _relief(request: Request, render_id: uuid.UUID) -> Relief:
    """The relief that is asked for, by `?from=lightness` also where there is no height. Raises Http404."""
    found = visible_or_404(Render.objects.finished(), request.person, render_id)
    relief = Relief.of(found, by_lightness=request.GET.get("from") == "lightness")
    if relief is None:
        raise Http404("This picture has no height.")
    return relief


def _made(
    request: Request, found: Relief, content_type: str, make: Callable[[], bytes], how: str = ""
) -> HttpResponseBase:
    headers = revalidated(found.names + how)
    if known := unchanged(request, headers):
        return known
    try:
        with one_at_a_time:
            content = make()
    except FileNotFoundError as error:
        raise Http404("Its pictures are gone.") from error
    return HttpResponse(content, content_type=content_type, headers=headers)
