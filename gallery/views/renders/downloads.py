"""Downloads of a finished render: pictures, films, its recipe. Each is called after its title or its pictures."""

import uuid
from collections.abc import Callable

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as respond
from django.views.decorators.http import require_safe

from gallery.models import Picture, Render
from gallery.models.files import TYPES
from gallery.pictures.results import before_after, conversion, derived, filenames, wipe
from gallery.pictures.results import timelapse as timelapses
from gallery.pictures.results.relief import content_of
from gallery.views.lookup import finished_or_404
from gallery.views.media import named, revalidated
from gallery.views.renders import ranges
from gallery.views.request import Request

TIMELAPSES: dict[str, Callable[[Render], str]] = {"mp4": timelapses.as_mp4, "webp": timelapses.as_webp}
COMPARED: dict[str, Callable[[Render, Picture], str]] = {
    "webp": before_after.as_webp,
    "png": before_after.as_png,
    "mp4": wipe.as_mp4,
}


@require_safe
def original(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """The output as it is stored."""
    found = finished_or_404(request.person, render_id)
    return _made(request, lambda: str(found.output), f"{filenames.stem(found)}.png")


@require_safe
def picture(request: Request, render_id: uuid.UUID, ending: str) -> HttpResponseBase:
    """The output as WebP or AVIF, made on the first request; 413 if it is too large to convert."""
    found = finished_or_404(request.person, render_id)
    if not conversion.is_convertible(found):
        limit = conversion.LARGEST_AREA // 10**6
        sentence = f"Only pictures of up to {limit} million pixels are converted: take the PNG."
        return respond(request, "error.html", {"title": "Too large", "sentence": sentence}, status=413)
    return _made(request, lambda: conversion.converted(found, f".{ending}"), f"{filenames.stem(found)}.{ending}")


@require_safe
def film(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """The film that came out, as MP4; 404 for a render that is a picture."""
    found = finished_or_404(request.person, render_id)
    if not found.film:
        raise Http404("This render is a picture.")
    return _made(request, lambda: str(found.film), f"{filenames.stem(found)}.mp4")


@require_safe
def timelapse(request: Request, render_id: uuid.UUID, ending: str) -> HttpResponseBase:
    """The time-lapse, made on the first request; 404 if the render kept no rungs."""
    found = finished_or_404(request.person, render_id)
    if not timelapses.is_there(found):
        raise Http404("No earlier sizes of this render were kept.")
    return _made(request, lambda: TIMELAPSES[ending](found), f"{filenames.stem(found)}-timelapse.{ending}")


@require_safe
def compared(request: Request, render_id: uuid.UUID, ending: str) -> HttpResponseBase:
    """Content and result in one picture, or as a clip that wipes between them; 404 if it has no content."""
    found = finished_or_404(request.person, render_id)
    content = content_of(found)
    if content is None:
        raise Http404("This was made of no picture that it could be compared with.")
    return _made(request, lambda: COMPARED[ending](found, content), f"{filenames.stem(found)}-before-after.{ending}")


@require_safe
def recipe(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """The recipe as JSON."""
    found = finished_or_404(request.person, render_id)
    headers = named(f"{filenames.stem(found)}-recipe.json") | {"X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.recipe.model_dump_json(indent=2), content_type="application/json", headers=headers)


def _made(request: Request, make: Callable[[], str], filename: str) -> HttpResponseBase:
    """What `make` gives the name of in the storage; `filename` is what people save it under."""
    try:
        name = make()
        file = default_storage.open(name)
    except derived.Busy:
        sentence = "Other files are being made just now: try again in a few seconds."
        response = respond(request, "error.html", {"title": "One moment", "sentence": sentence}, status=503)
        response.headers["Retry-After"] = "5"
        return response
    except FileNotFoundError as error:
        raise Http404("Its pictures are gone.") from error
    headers = {**revalidated(name), **named(filename), "Content-Type": TYPES[filename.rsplit(".", 1)[1]]}
    return ranges.answer(request, file, default_storage.size(name), headers)
