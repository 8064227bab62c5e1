"""Downloads of a finished render in formats other than the stored PNG: pictures, and a film of how it was painted."""

import uuid
from collections.abc import Callable

from django.core.files.storage import default_storage
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render as respond
from django.views.decorators.http import require_safe

from gallery.models import Render
from gallery.models.files import TYPES
from gallery.pictures import conversion, derived, timelapse
from gallery.views.lookup import visible_or_404
from gallery.views.media import revalidated
from gallery.views.renders import ranges
from gallery.views.request import Request

FILMS: dict[str, Callable[[Render], str]] = {"mp4": timelapse.as_mp4, "webp": timelapse.as_webp}


@require_safe
def picture(request: Request, render_id: uuid.UUID, ending: str) -> HttpResponseBase:
    """The output as WebP or AVIF, made on the first request; 413 if it is too large to convert."""
    found = visible_or_404(Render.objects.finished(), request.person, render_id)
    if not conversion.is_convertible(found):
        limit = conversion.LARGEST_AREA // 10**6
        sentence = f"Only pictures of up to {limit} million pixels are converted: take the PNG."
        return respond(request, "error.html", {"title": "Too large", "sentence": sentence}, status=413)
    return _made(request, lambda: conversion.converted(found, f".{ending}"), ending)


@require_safe
def film(request: Request, render_id: uuid.UUID, ending: str) -> HttpResponseBase:
    """The time-lapse, made on the first request; 404 if the render kept no rungs."""
    found = visible_or_404(Render.objects.finished(), request.person, render_id)
    if not timelapse.is_there(found):
        raise Http404("Of this render, no rungs were kept.")
    return _made(request, lambda: FILMS[ending](found), ending)


def _made(request: Request, make: Callable[[], str], ending: str) -> HttpResponseBase:
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
    headers = {**revalidated(name), "Content-Type": TYPES[ending]}
    return ranges.answer(request, file, default_storage.size(name), headers)
