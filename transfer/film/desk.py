"""Who paints which segment of a film, and where those that are painted lie. Free of torch."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from transfer.film.segments import Segment

Parts = Sequence[tuple[Segment, Path]]


class Desk(Protocol):
    """Hands out the segments of one film to all who paint it."""

    def segments(self) -> Sequence[Segment]:
        """All segments of the film, in order; none before they were laid out."""

    def lay_out(self, segments: Sequence[Segment]) -> None:
        """These are to be painted."""

    def take(self) -> Segment | None:
        """One that is to be painted now, and by nobody else; None where there is none at the moment."""

    def before(self, segment: Segment) -> Path | None:
        """The file of the segment before this one, as long as it is there."""

    def goes_on(self) -> bool:
        """Says that the one which was taken is still being painted; False where somebody else has it by now."""

    def put(self, painted: Path) -> None:
        """The one that was taken is painted, to a file that will be gone."""

    def give_back(self) -> None:
        """The one that was taken is for somebody else to paint."""

    def frames(self) -> int:
        """How many frames all those have that are painted."""

    def parts(self) -> Parts:
        """Those that are painted, in order, up to the first that is not."""


class Alone:
    """The desk of a film that one painter paints from beginning to end."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="film-")
        self._segments: Sequence[Segment] = ()
        self._waiting: list[Segment] = []
        self._taken: Segment | None = None
        self._parts: list[tuple[Segment, Path]] = []

    def segments(self) -> Sequence[Segment]:
        """See `Desk`."""
        return self._segments

    def lay_out(self, segments: Sequence[Segment]) -> None:
        """See `Desk`."""
        self._segments, self._waiting = segments, list(segments)

    def take(self) -> Segment | None:
        """See `Desk`."""
        self._taken = self._waiting.pop(0) if self._waiting else None
        return self._taken

    def before(self, segment: Segment) -> Path | None:
        """See `Desk`."""
        return next((path for part, path in self._parts if part.number == segment.number - 1), None)

    def goes_on(self) -> bool:
        """See `Desk`: always."""
        return True

    def put(self, painted: Path) -> None:
        """See `Desk`."""
        if self._taken is not None:
            kept = Path(self._folder.name) / f"{self._taken.number}{painted.suffix}"
            self._parts.append((self._taken, painted.replace(kept)))

    def give_back(self) -> None:
        """See `Desk`: there is nobody else."""

    def frames(self) -> int:
        """See `Desk`."""
        return sum(segment.frames for segment, _ in self._parts)

    def parts(self) -> Parts:
        """See `Desk`."""
        return self._parts
