"""Answers that many people ask for at once: made once, and shared by all of them for a moment, through Redis.

Each process also remembers them for a moment, so that it need not wait for Redis a hundred times a second. Where Redis
is away, answers are made again.
"""

import contextlib
import time
from collections.abc import Callable

from redis.exceptions import RedisError

from gallery.queueing.connection import redis

LIFETIME, MOMENT = 0.5, 0.2  # seconds: in Redis, if nothing else is said, and in this process
MOST_REMEMBERED = 64
_remembered: dict[str, tuple[float, bytes]] = {}


def shared(name: str, make: Callable[[], bytes], lifetime: float = LIFETIME) -> bytes:
    """What `make` gave to whoever asked under this name within the last `lifetime` seconds, or gives now."""
    return remembered(name, lambda: _from_redis(name) or _to_redis(name, make(), lifetime))


def remembered(name: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gave in this process a moment ago, or gives now."""
    until, answer = _remembered.get(name, (0.0, b""))
    return answer if time.monotonic() < until else _remember(name, make())


def forget(*names: str) -> None:
    """Has these answers made again when somebody asks next; in other processes a moment later."""
    for name in names:
        _remembered.pop(name, None)
    with contextlib.suppress(RedisError):
        redis().delete(*map(_key, names))


def _remember(name: str, answer: bytes) -> bytes:
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[name] = (time.monotonic() + MOMENT, answer)
    return answer


def _from_redis(name: str) -> bytes | None:
    try:
        found = redis().get(_key(name))
    except RedisError:
        return None
    return found if isinstance(found, bytes) else None


def _to_redis(name: str, answer: bytes, lifetime: float) -> bytes:
    with contextlib.suppress(RedisError):
        redis().set(_key(name), answer, px=round(1000 * lifetime))
    return answer


def _key(name: str) -> str:
    return f"stylesite:answer:{name}"
