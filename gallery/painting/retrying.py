"""Trying again what failed because the database or the storage is away for a while."""

import logging
from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_delay, wait_exponential

from gallery.queueing.trouble import TROUBLE

logger = logging.getLogger(__name__)
LONGEST = 150.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0

Result = TypeVar("Result")


def retrying(act: Callable[[], Result], what: str, is_pointless: Callable[[], object] = lambda: None) -> Result:
    """What `act` gives, tried again with growing pauses while it raises TROUBLE.

    Raises what `act` raised last once LONGEST seconds are over, or once `is_pointless`, asked before each new try, says
    that there is no use in going on. `what` names the act in the log.
    """
    is_over = stop_after_delay(LONGEST)

    def say(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        logger.warning("%s did not work yet and is tried again: %s", what, error)

    tries = Retrying(
        retry=retry_if_exception_type(TROUBLE),
        wait=wait_exponential(FIRST_PAUSE, LONGEST_PAUSE),
        stop=lambda state: is_over(state) or bool(is_pointless()),
        before_sleep=say,
        reraise=True,
    )
    return tries(act)
