"""A clock that says which part of a piece of work its time went to."""

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

REST = "everything else"


class Clock:
    """Time by part. What begins within a part is a part of it, so that all parts add up to the whole.

    `now` is what tells the time, in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.now = now
        self.restart()

    def restart(self) -> None:
        """Begins anew."""
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._part, self._since = REST, self.now()

    def spent(self) -> dict[str, float]:
        """Seconds by part since it began, in the order of the first use of each."""
        self._turn_to(self._part)
        return dict(self._spent)

    def timing(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, whose calls are a part of that name."""

        def timed(*arguments: Any, **named: Any) -> Any:
            if self._part != REST:
                return function(*arguments, **named)
            self._turn_to(name)
            try:
                return function(*arguments, **named)
            finally:
                self._turn_to(REST)

        return timed

    def _turn_to(self, part: str) -> None:
        now = self.now()
        self._spent[self._part] += now - self._since
        self._part, self._since = part, now
