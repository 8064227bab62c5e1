"""Which checkpoints of a render are written, found again, and thrown away.

On a shelf, `KEY/00512-end` is a finished rung, which serves every render with that key, and `KEY/00724-00007` a rung
after seven iterations, which is only of use until there is a later one.
"""

import contextlib
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from transfer.engine.checkpoint import State, load, save
from transfer.engine.ladder import Rung
from transfer.engine.step import Step
from transfer.errors import CheckpointError

logger = logging.getLogger(__name__)
SUFFIX = ".safetensors"
COST = 0.05  # of the time may go into checkpoints within a rung
SELDOM = 2.0  # seconds at least between two of them
AS_SLOW_AS = 200e6  # bytes a second, until a write has been timed


@dataclass(frozen=True)
class StoredCheckpoint:
    """A file on a shelf: its name, its bytes, and when it was written, in seconds since 1970."""

    name: str
    size: int
    written: float


class Shelf(ABC):
    """Where checkpoints are; names have the form KEY/NAME."""

    @abstractmethod
    def names(self, key: str) -> list[str]:
        """The checkpoints with this key."""

    @abstractmethod
    def everything(self) -> list[StoredCheckpoint]:
        """All checkpoints."""

    @abstractmethod
    def reading(self, name: str) -> AbstractContextManager[Path]:
        """The checkpoint as a file."""

    @abstractmethod
    def put(self, name: str, write: Callable[[Path], None]) -> None:
        """Stores what `write` writes to a path; raises OSError when that is not possible."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Throws a checkpoint away; one that is not there is no error."""


class Folder(Shelf):
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self, key: str) -> list[str]:
        """See `Shelf`."""
        return [f"{key}/{path.name}" for path in (self.root / key).glob(f"[0-9]*{SUFFIX}")]

    def everything(self) -> list[StoredCheckpoint]:
        """See `Shelf`."""
        found = []
        for path in self.root.glob(f"*/[0-9]*{SUFFIX}"):
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                found.append(StoredCheckpoint(f"{path.parent.name}/{path.name}", facts.st_size, facts.st_mtime))
        return found

    @contextlib.contextmanager
    def reading(self, name: str) -> Iterator[Path]:
        """See `Shelf`."""
        yield self.root / name

    def put(self, name: str, write: Callable[[Path], None]) -> None:
        """See `Shelf`."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)

    def remove(self, name: str) -> None:
        """See `Shelf`."""
        path = self.root / name
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            path.parent.rmdir()


class Keeper:
    """Keeps one render's checkpoints on a shelf. What goes wrong there is in `trouble`, and never ends the render.

    A render that began under an earlier version of the algorithm goes on from there: where nothing has its `key`,
    `best` looks for those `earlier`. All that follows is then kept under the key that was found: a rung that began
    otherwise serves no other render.
    """

    def __init__(self, shelf: Shelf, key: str, earlier: Sequence[str] = ()) -> None:
        self.shelf, self.key, self.earlier = shelf, key, earlier
        self.trouble: list[str] = []
        self.cost: float | None = None
        self.saved = self.tried = 0  # numbers of steps
        self.at = time.monotonic()

    def best(self, rungs: Sequence[Rung], device: str = "cpu") -> State | None:
        """The state nearest to the end of a render on these rungs; damaged and foreign ones are thrown away."""
        self.key = next((key for key in (self.key, *self.earlier) if self._names(key)), self.key)
        order = {rung.long_side: rung.index for rung in rungs}
        names = [name for name in self._names() if _place(name)[0] in order]
        for name in sorted(names, key=_place, reverse=True):
            try:
                with self.shelf.reading(name) as path:
                    state = load(path, self.key, device)
                if state.long_side in order:
                    self.saved = state.number
                    return state
            except CheckpointError as error:
                self._complain(f"A checkpoint could not be used, and an earlier one is: {error}")
                self._remove(name)
            except OSError as error:
                self._complain(f"A checkpoint could not be read: {error.strerror or error}.")
        return None

    def finished(self, sides: Iterable[int], device: str = "cpu") -> Iterator[State]:
        """The finished rungs of these long sides that are still there and can be read, lowest first."""
        wanted = set(sides)
        for name in sorted(self._names(), key=_place):
            side, is_finished, _ = _place(name)
            if is_finished and side in wanted:
                with contextlib.suppress(CheckpointError, OSError), self.shelf.reading(name) as path:
                    yield load(path, self.key, device)

    def keep(self, step: Step) -> bool:
        """Saves a step's state, if it has one, at the end of a rung, and as often as costs little."""
        pause = max(SELDOM, (self.cost or 0.0) / COST)
        is_due = step.ends_rung or time.monotonic() - self.at >= pause
        return step.number > self.saved and is_due and self.keep_now(step)

    def keep_now(self, step: Step, within: float | None = None) -> bool:
        """Saves a step's state, if it has one, unless that would take longer than `within` seconds.

        Gives whether it is saved, now or before.
        """
        if step.number in (self.saved, self.tried):
            return step.number == self.saved
        state = step.state
        if state is None or (within is not None and self._expected(state) > within):
            return False
        began, self.tried = time.monotonic(), step.number
        name = f"{self.key}/{state.long_side:05}-{'end' if state.finished else f'{state.iteration:05}'}{SUFFIX}"
        try:
            self.shelf.put(name, lambda path: save(state, path, self.key))
        except OSError as error:
            self._complain(f"A checkpoint could not be written ({error.strerror or error}); the render went on.")
            return False
        finally:
            self.at = time.monotonic()
        self.cost, self.saved = self.at - began, step.number
        for other in self._names():
            if other != name and not _place(other)[1] and _place(other) < _place(name):
                self._remove(other)
        return True

    def _remove(self, name: str) -> None:
        """Throws a checkpoint away, now or when it is old."""
        try:
            self.shelf.remove(name)
        except OSError as error:
            logger.warning("a checkpoint stays for now: %s", error)

    def _names(self, key: str | None = None) -> list[str]:
        try:
            return self.shelf.names(key or self.key)
        except OSError as error:
            self._complain(f"Checkpoints cannot be looked at: {error.strerror or error}.")
            return []

    def _expected(self, state: State) -> float:
        if self.cost is not None:
            return self.cost
        return sum(tensor.nbytes for tensor in state.tensors.values()) / AS_SLOW_AS

    def _complain(self, sentence: str) -> None:
        logger.warning("%s", sentence)
        if sentence not in self.trouble:
            self.trouble.append(sentence)


def interrupted(shelf: Shelf, keys: Iterable[str]) -> list[str]:
    """Those of `keys` under which a render was left within a rung."""
    return [key for key in keys if any(not _place(name)[1] for name in shelf.names(key))]


def prune(shelf: Shelf, most_bytes: int, oldest: float) -> int:
    """Throws away what is older than `oldest` seconds, and the oldest beyond `most_bytes` in all; gives the number."""
    kept = sorted(shelf.everything(), key=lambda each: each.written, reverse=True)
    now, room, thrown = time.time(), most_bytes, 0
    for each in kept:
        room -= each.size
        if room < 0 or now - each.written > oldest:
            shelf.remove(each.name)
            thrown += 1
    return thrown


def _place(name: str) -> tuple[int, bool, int]:
    """Where a checkpoint stands: its rung's long side, whether that is finished, and the iteration."""
    try:
        side, where = name.rsplit("/", 1)[-1].removesuffix(SUFFIX).split("-")
        return (int(side), True, 0) if where == "end" else (int(side), False, int(where))
    except ValueError:
        return -1, False, 0
