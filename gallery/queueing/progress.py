"""The progress and the live frame of a running render, in Redis with a short life.

They are not kept in rows, so the database is not written to twice a second, and a lost Redis costs a second of
progress.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from pydantic import TypeAdapter, ValidationError
from redis.exceptions import RedisError

from gallery.queueing.connection import redis

LIFETIME = 3600  # seconds: so long one sees what a paused render looked like


@dataclass(frozen=True)
class Progress:
    """How far a render is. `rung` is its long side in px; `frame` counts the pictures shown so far.

    `curve` is the loss so far as (number of the iteration, total); `rung_starts` are the numbers of the rungs' first
    iterations.
    """

    fraction: float = 0.0
    rung: int = 0
    rungs: int = 0
    rung_index: int = 0
    iteration: int = 0
    iterations: int = 0
    loss: float = 0.0
    losses: dict[str, float] = field(default_factory=dict)
    eta_seconds: float | None = None
    frame: int = 0
    curve: Sequence[tuple[int, float]] = ()
    rung_starts: Sequence[int] = ()


_STORED = TypeAdapter(Progress)


def _key(kind: str, render_id: uuid.UUID) -> str:
    return f"stylesite:{kind}:{render_id}"


def publish(render_id: uuid.UUID, progress: Progress, frame: bytes | None = None) -> None:
    """Shows progress and a frame (a JPEG), or goes on showing the last one.

    A Redis that cannot be reached is no reason to stop painting.
    """
    try:
        pipeline = redis().pipeline(transaction=False)
        pipeline.set(_key("progress", render_id), json.dumps(asdict(progress)), ex=LIFETIME)
        if frame is None:
            pipeline.expire(_key("frame", render_id), LIFETIME)
        else:
            pipeline.set(_key("frame", render_id), frame, ex=LIFETIME)
        pipeline.execute()
    except RedisError:
        return


def read(render_id: uuid.UUID) -> Progress | None:
    """The last progress published, if it is still there and can be read.

    A worker of another version may have published it: what is unknown here is ignored, what is missing is as at the
    start.
    """
    try:
        text = redis().get(_key("progress", render_id))
    except RedisError:
        return None
    if not isinstance(text, bytes):
        return None
    try:
        return _STORED.validate_json(text)
    except ValidationError:
        return None


def read_frame(render_id: uuid.UUID) -> bytes | None:
    """The last frame published, a JPEG, if it is still there."""
    try:
        frame = redis().get(_key("frame", render_id))
    except RedisError:
        return None
    return frame if isinstance(frame, bytes) else None


def forget(render_id: uuid.UUID) -> None:
    """Removes what was published."""
    try:
        redis().delete(_key("progress", render_id), _key("frame", render_id))
    except RedisError:
        return
