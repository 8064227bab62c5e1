"""Parts of files: some browsers play a film only if the server sends the parts that they ask for."""

import re
from collections.abc import Mapping
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gallery.views.media import unchanged

RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
LARGEST_PART = 8 * 2**20


def answer(request: HttpRequest, file: IO[bytes], size: int, headers: Mapping[str, str]) -> HttpResponseBase:
    """The part of a file of `size` bytes that the request asks for, or all of it if it asks for no valid part.

    A browser that already has the file, by the ETag in `headers`, gets 304; one that has part of another file gets all.
    """
    headers = {**headers, "Accept-Ranges": "bytes"}
    if known := unchanged(request, headers):
        file.close()
        return known
    has_this = request.headers.get("If-Range", headers["ETag"]) == headers["ETag"]
    found = RANGE.fullmatch(request.headers.get("Range", "")) if has_this else None
    if found is None or request.method != "GET":
        response = FileResponse(file)
        for name, value in headers.items():  # in place of what it guesses from the stored file's name
            response.headers[name] = value
        return response
    first = int(found[1])
    last = min(int(found[2] or size), size - 1, first + LARGEST_PART - 1)
    with file:
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.seek(first)
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        return HttpResponse(file.read(last - first + 1), status=206, headers=headers)
