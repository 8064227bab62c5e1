"""Answers that many people ask for at once: made once, and shared by all of them for half a second, through Redis.

Where Redis is away, each is made anew.
"""

import contextlib
import functools
import hashlib
from collections.abc import Callable

import django_rq
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from redis import Redis
from redis.exceptions import RedisError

LIFETIME = 500  # milliseconds


@functools.cache
def _redis() -> Redis:
    return django_rq.get_connection("renders")


def shared(name: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gave to whoever asked under this name within the last half second, or gives now."""
    try:
        found = _redis().get(_key(name))
    except RedisError:
        return make()
    return found if isinstance(found, bytes) else renewed(name, make())


def renewed(name: str, answer: bytes) -> bytes:
    """`answer`, which those who ask under this name get from now on."""
    with contextlib.suppress(RedisError):
        _redis().set(_key(name), answer, px=LIFETIME)
    return answer


def forget(*names: str) -> None:
    """Has these answers made anew for whoever asks next."""
    with contextlib.suppress(RedisError):
        _redis().delete(*map(_key, names))


def unless_known(request: HttpRequest, body: bytes, content_type: str) -> HttpResponseBase:
    """`body` with an ETag, to be asked for anew each time; 304 without it for a browser that has it already."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    response = HttpResponse(body, content_type=content_type, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


def _key(name: str) -> str:
    return f"stylesite:answer:{name}"
