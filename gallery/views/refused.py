"""Requests that are refused before any view sees them, with the name of the setting that may be missing."""

import logging

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure

logger = logging.getLogger(__name__)
ORIGIN = "Origin checking failed"  # what `django.middleware.csrf.REASON_BAD_ORIGIN` begins with


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token, or from an origin that is not this site's."""
    if not reason.startswith(ORIGIN):
        return csrf_failure(request, reason=reason)
    origin = request.META.get("HTTP_ORIGIN", "")
    here = f"{request.scheme}://{request.get_host()}"
    logger.warning("A form came from %s, and this site takes itself to be at %s: see STYLESITE_ORIGINS.", origin, here)
    return render(request, "403_origin.html", {"origin": origin, "here": here}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; where the host is not one of this site's, with what to set."""
    if not isinstance(exception, DisallowedHost):
        return render(request, "error.html", {"title": "Bad request", "sentence": "This cannot be read."}, status=400)
    host = request.META.get("HTTP_HOST", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    logger.warning("Somebody asked for the host %r: to answer to it, add %s to STYLESITE_HOSTS.", host, name)
    sentence = (
        f"This site does not answer to the name {name}. If that is its name, whoever runs it should add it to "
        "STYLESITE_HOSTS and start it again."
    )
    return render(request, "error.html", {"title": "Another site’s name", "sentence": sentence}, status=400)
