"""Makes the queue agree with the database after something died."""

from gallery import queue
from gallery.models import Render


def release(worker: str) -> int:
    """Lets the renders wait again that a dead worker held; gives their number.

    Should a horse of that worker still be painting, the fence keeps it from publishing.
    """
    count = Render.objects.held_by(worker).let_wait_again()
    for _ in range(count):
        queue.issue_token()
    return count


def start_over() -> None:
    """For a machine on which no worker runs: whatever was held waits again, and all that waits has a token."""
    Render.objects.running().let_wait_again()
    queue.reissue_tokens()
