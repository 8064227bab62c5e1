"""Stored files. Each name is a hash of the content, so browsers may cache a file for ever."""

import hashlib
from collections.abc import Mapping

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gallery.models.files import SERVED, TYPES
from gallery.pictures.visibility import is_visible
from gallery.views.request import Request

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def revalidated(name: str) -> dict[str, str]:
    """Headers for something made from the stored file `name` whose address contains a row's id.

    A cache may keep it, but must ask before it shows it again: by then the row may be gone, or have another file.
    """
    tag = hashlib.blake2b(name.encode(), digest_size=12).hexdigest()
    return {**HEADERS, "Cache-Control": "no-cache", "ETag": f'"{tag}"'}


def named(filename: str) -> dict[str, str]:
    """The header with the name under which a browser saves a file, also one that it shows at first."""
    return {"Content-Disposition": content_disposition_header(as_attachment=False, filename=filename) or "inline"}


def unchanged(request: HttpRequest, headers: Mapping[str, str]) -> HttpResponseBase | None:
    """304 with these headers if the browser already has what their ETag names; else None."""
    response = HttpResponse(headers=headers)
    found = get_conditional_response(request, etag=headers["ETag"], response=response)
    return None if found is response else found


@require_safe
def serve(request: Request, name: str) -> FileResponse:
    """A stored picture, with a content type that we set, whatever the file contains."""
    if SERVED.fullmatch(name) is None or not is_visible(name, request.person):
        raise Http404("There is no such file.")
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404("There is no such file.") from error
    return FileResponse(file, content_type=TYPES[name.rsplit(".", 1)[1]], headers=HEADERS)
