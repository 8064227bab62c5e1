"""Trying again what failed because the database or the storage is away for a while."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)
TROUBLE = (OperationalError, InterfaceError, OSError)
LONGEST = 150.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0

Result = TypeVar("Result")


def retrying(act: Callable[[], Result], what: str, is_pointless: Callable[[], object] = lambda: None) -> Result:
    """What `act` gives, tried again with growing pauses while it raises TROUBLE.

    Raises what `act` raised last once LONGEST seconds are over, or once `is_pointless`, asked before each new try, says
    that there is no use in going on. `what` names the act in the log.
    """
    began, pause = time.monotonic(), FIRST_PAUSE
    while True:
        try:
            return act()
        except TROUBLE as error:
            if time.monotonic() - began > LONGEST or is_pointless():
                raise
            logger.warning("%s did not work yet and is tried again: %s", what, error)
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
