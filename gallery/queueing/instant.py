"""Instant pictures for the studio: questions and answers that pass through Redis, and leave no row.

A process of its own answers (gallery/painting/instant.py), so that nobody waits behind renders, and the web process
stays without torch. Where no such process lives, it is said at once.
"""

import base64
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from redis.exceptions import RedisError

from gallery.queueing.connection import redis
from gallery.queueing.order import in_order
from transfer.inputs import Role

WAITS = 2.0  # seconds for an answer; nobody answers what has waited longer
ALIVE_FOR = 5  # seconds after a sign of life
MOST_WAITING = 4  # questions at once: each holds one of the site's threads
LOOKS_EVERY = 1.0  # seconds at most between two of them
PREFIX = "stylesite:instant"
WAITING, ALIVE = f"{PREFIX}:waiting", f"{PREFIX}:alive"


class NobodyAnswers(Exception):
    """No process makes instant pictures, or none has had time for this one."""


class NotPossible(Exception):
    """The picture cannot be made, for the reason that the message gives."""


@dataclass(frozen=True)
class Given:
    """A picture or mask that goes in: the name of a stored file, or the bytes of one that is not stored."""

    role: Role
    place: int
    file: str = ""
    data: bytes = b""


@dataclass(frozen=True)
class Question:
    """What is asked: a recipe, as JSON has it, and all that goes in."""

    recipe: Mapping[str, Any]
    inputs: tuple[Given, ...]

    def as_json(self) -> str:
        """See `from_json`."""
        inputs = [[each.role, each.place, each.file, base64.b64encode(each.data).decode()] for each in self.inputs]
        return json.dumps([dict(self.recipe), inputs])

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """What `as_json` wrote. Raises ValueError, TypeError or KeyError for anything else."""
        recipe, inputs = json.loads(text)
        given = (Given(Role(role), place, file, base64.b64decode(data)) for role, place, file, data in inputs)
        return cls(recipe, in_order(given))


def ask(question: Question) -> bytes:
    """The picture, a JPEG. Raises NobodyAnswers, and NotPossible with a sentence."""
    key = uuid.uuid4().hex
    try:
        if not redis().exists(ALIVE) or redis().llen(WAITING) >= MOST_WAITING:
            raise NobodyAnswers
        redis().set(_asked(key), question.as_json(), px=round(WAITS * 1000))
        redis().lpush(WAITING, key)
        found: Any = redis().blpop([_answered(key)], timeout=WAITS)
    except RedisError as error:
        raise NobodyAnswers from error
    if found is None:
        raise NobodyAnswers
    told = found[1]
    if told[:1] == b"!":
        raise NotPossible(told[1:].decode())
    return bytes(told[1:])


def next_question() -> tuple[str, Question] | None:
    """Tells that this process lives, and waits for a question a moment; gives its key with it.

    Raises RedisError.
    """
    redis().set(ALIVE, 1, ex=ALIVE_FOR)
    taken: Any = redis().brpop([WAITING], timeout=LOOKS_EVERY)
    if taken is None:
        return None
    key = taken[1].decode()
    text: Any = redis().getdel(_asked(key))
    return None if text is None else (key, Question.from_json(text))


def answer(key: str, picture: bytes = b"", complaint: str = "") -> None:
    """Gives the picture, or says why there is none. Raises RedisError."""
    pipeline = redis().pipeline(transaction=False)
    pipeline.lpush(_answered(key), b"!" + complaint.encode() if complaint else b"=" + picture)
    pipeline.expire(_answered(key), round(WAITS) + 1)
    pipeline.execute()


def _asked(key: str) -> str:
    return f"{PREFIX}:question:{key}"


def _answered(key: str) -> str:
    return f"{PREFIX}:answer:{key}"
