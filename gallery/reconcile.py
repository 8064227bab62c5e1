"""Makes the queue agree with the database after something died."""

from gallery import queue
from gallery.models import Render, Status
from gallery.querysets import RenderQuerySet


def release(worker: str) -> int:
    """Lets the renders wait again that a dead worker held; gives their number.

    Should a horse of that worker still be painting, the fence keeps it from publishing.
    """
    count = _to_pending(Render.objects.held_by(worker))
    for _ in range(count):
        queue.issue_token()
    return count


def start_over() -> None:
    """For a machine on which no worker runs: whatever was held waits again, and all that waits has a token."""
    _to_pending(Render.objects.running())
    queue.reissue_tokens()


def _to_pending(renders: RenderQuerySet) -> int:
    return renders.order_by().update(status=Status.PENDING, worker="", started=None)
