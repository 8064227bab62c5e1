"""Which preview a panel waits for: the one that it asked for last. A request for an older one has nobody to answer.

A panel names itself and counts its requests: `3f9c0a71 12`. The counts are in Redis, since any process may get any
request; where Redis is away, each preview is made to its end.
"""

import functools
import re
from collections.abc import Callable

from redis.exceptions import RedisError

from gallery.queueing.connection import redis

LIFETIME = 60  # seconds: no preview takes longer
TURN = "turn"  # the one member of a panel's sorted set; its score is the newest count
PANEL = re.compile(r"([0-9a-z]{6,32}) ([0-9]{1,9})")


def waiting(asked: str) -> Callable[[], bool]:
    """Notes what a panel asks for now; the answer tells whether the panel still waits for it.

    Whoever asks without naming a panel always waits.
    """
    found = PANEL.fullmatch(asked)
    if found is None:
        return _always
    key, turn = f"stylesite:panel:{found[1]}", int(found[2])
    try:
        with redis().pipeline() as together:
            together.zadd(key, {TURN: turn}, gt=True)  # an older request that comes later changes nothing
            together.expire(key, LIFETIME)
            together.execute()
    except RedisError:
        return _always
    return functools.partial(_is_newest, key, turn)


def _always() -> bool:
    return True


def _is_newest(key: str, turn: int) -> bool:
    try:
        newest = redis().zscore(key, TURN)
    except RedisError:
        return True
    return newest is None or float(newest) <= turn
