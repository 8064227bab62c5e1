"""Which preview a panel waits for: the one that it asked for last. A request for an older one has nobody to answer.

A panel names itself and counts its requests: `3f9c0a71 12`. The counts are in Redis, since any process may get any
request; where Redis is away, each preview is made to its end.
"""

import contextlib
import functools
import re
from collections.abc import Callable

import django_rq
from redis import Redis
from redis.exceptions import RedisError

LIFETIME = 60  # seconds: no preview takes longer
PANEL = re.compile(r"([0-9a-z]{6,32}) ([0-9]{1,9})")


@functools.cache
def _redis() -> Redis:
    return django_rq.get_connection("renders")


def waiting(asked: str) -> Callable[[], bool]:
    """Notes what a panel asks for now; the answer tells whether the panel still waits for it.

    Whoever asks without naming a panel always waits.
    """
    found = PANEL.fullmatch(asked)
    if found is None:
        return lambda: True
    key, turn = f"stylesite:panel:{found[1]}", int(found[2])

    def is_newest() -> bool:
        return _newest(key) <= turn

    with contextlib.suppress(RedisError):
        if is_newest():
            _redis().set(key, turn, ex=LIFETIME)
    return is_newest


def _newest(key: str) -> int:
    try:
        told = _redis().get(key)
    except RedisError:
        return 0
    return int(told) if isinstance(told, bytes) and told.isdigit() else 0
