"""The last few things that were made on the way to a picture, so that a change of what comes later needs them no more.

A preview in another look, for example, needs no other land.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic

from transfer.synthesis.made import Making, T


class Remembered(Generic[T]):
    """At most so many of them, for all threads. Nobody may change what was made."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def made(self, key: Hashable, making: Making[T]) -> Making[T]:
        """What `making` makes, which is not begun where the same key's is still here."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        found = yield from making
        with self._lock:
            self._made[key] = found
            self._made.move_to_end(key)
            while len(self._made) > self.most:
                self._made.popitem(last=False)
        return found
