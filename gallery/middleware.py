"""What applies to every request and response."""

import contextlib
import errno
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from gallery.accounts.session import person_of
from gallery.pictures import masks
from gallery.pictures.uploads import LARGEST_FILE
from gallery.queueing.queue import Gone
from transfer.recipes.style import MOST_STYLES

Handler = Callable[[HttpRequest], HttpResponse]
LARGEST_UPLOAD = max(4 * LARGEST_FILE, settings.CLIP_BYTES + LARGEST_FILE)  # all files in one form together
LARGEST_REQUEST = LARGEST_UPLOAD + (1 + MOST_STYLES) * masks.LARGEST_FILE + 1024 * 1024
BLOCK = 64 * 1024  # bytes
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DASHBOARD = "/admin/django_rq/"  # its pages contain inline scripts
DASHBOARD_POLICY = POLICY + "; script-src 'self' 'unsafe-inline'"
OLD_SESSION, OLD_CSRF = "stylesite_session", "stylesite_csrf"  # the names of cookies when all sites had the same


class RequestSizeLimit:
    """Refuses a body that is larger than a form may send, before reading a byte of it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 with a sentence, or the next handler's response."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > LARGEST_REQUEST:
            sentence = (
                f"A picture may have {LARGEST_FILE // 2**20} MB at most, and all that are sent together "
                f"{LARGEST_UPLOAD // 2**20} MB."
            )
            return render(request, "error.html", {"title": "Too large", "sentence": sentence}, status=413)
        return self.get_response(request)


class DiskFull:
    """Says so where what was sent cannot be stored, or anything else that a request writes."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """507 with a sentence, or the next handler's response."""
        if request.content_type == "multipart/form-data":
            try:
                request.POST  # noqa: B018  # now Django writes the files that were sent to its temporary folder
            except OSError as error:
                if not _is_full(error):
                    raise
                return self._said(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """507 with a sentence; None for any other exception."""
        return self._said(request) if _is_full(exception) else None

    def _said(self, request: HttpRequest) -> HttpResponse:
        with contextlib.suppress(Exception):  # a browser that is still sending would not read an answer
            while request.read(BLOCK):
                pass
        sentence = (
            "The disk of this site is full, so nothing was stored: ask whoever runs it to make room, and try again."
        )
        return render(request, "error.html", {"title": "No room left", "sentence": sentence}, status=507)


def _is_full(exception: Exception) -> bool:
    """Whether the disk has no room left, or this user's share of it; SQLite says so in its own words."""
    if isinstance(exception, OperationalError):
        return "disk is full" in str(exception)
    return isinstance(exception, OSError) and exception.errno in (errno.ENOSPC, errno.EDQUOT)


class NothingToPaint:
    """Answers any request for a render whose picture somebody deleted meanwhile."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The next handler's response."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """409 with a sentence; None for any other exception."""
        if not isinstance(exception, Gone):
            return None
        return render(request, "error.html", {"title": "Gone", "sentence": str(exception)}, status=409)


class PageCompression(GZipMiddleware):
    """Compresses pages and JSON. Pictures are already as small as they get."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, compressed if the browser accepts that."""
        is_text = response.headers.get("Content-Type", "").startswith(("text/html", "application/json"))
        return super().process_response(request, response) if is_text and not response.streaming else response


class ContentSecurityPolicy:
    """Lets pages load nothing from elsewhere; a view that sets a stricter policy keeps it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response with a policy."""
        response = self.get_response(request)
        policy = DASHBOARD_POLICY if request.path_info.startswith(DASHBOARD) else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


class CookiesFromBefore:
    """Takes over, once, the cookies of a browser that was here when all sites had the same names for theirs.

    A session that is not in this site's database belongs to another site of the same host, and is left to it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response to a request as if its cookies had the new names; it brings the browser the session's."""
        found = request.COOKIES
        if OLD_CSRF in found:
            found.setdefault(settings.CSRF_COOKIE_NAME, found[OLD_CSRF])
        key = found.get(OLD_SESSION, "")
        if not key or settings.SESSION_COOKIE_NAME in found or not SessionStore().exists(key):
            return self.get_response(request)
        found[settings.SESSION_COOKIE_NAME] = key
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME not in response.cookies:
            response.set_cookie(
                settings.SESSION_COOKIE_NAME,
                key,
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=settings.SESSION_COOKIE_HTTPONLY,
                samesite=settings.SESSION_COOKIE_SAMESITE,
            )
        response.delete_cookie(OLD_SESSION)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class WhoAsks:
    """Tells views who sent a request: `request.person`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response to a request whose `person` is looked up on first use."""
        request.person = SimpleLazyObject(lambda: person_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
