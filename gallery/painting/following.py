"""Following a render while it is painted: what it shows, what is kept of it, and when it stops."""

import contextlib
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from gallery.models import Render
from gallery.painting.curve import Curve
from gallery.painting.heartbeat import Reason
from gallery.queueing import crashes, progress
from gallery.queueing.progress import Progress
from gallery.queueing.trouble import DATABASE_TROUBLE
from transfer.engine.keeper import Keeper
from transfer.engine.step import Step, Tick
from transfer.images import to_picture
from transfer.pictures import encoded
from transfer.planning.time_left import TimeLeft

SHOW_EVERY, SHOW_PREVIEW_EVERY = 0.4, 0.25  # seconds
HAND_BACK_WITHIN = 3.0  # seconds that the last checkpoint before stopping may take
LARGEST_FRAME = 1024  # px


class Stopped(Exception):
    """There was a reason to stop, which is the message."""


@dataclass(frozen=True)
class MadeFrame:
    """What a render looked like at the end of a rung: a WebP, and the picture's width and height."""

    file: bytes
    width: int
    height: int


class Following:
    """Follows a render: shows what it looks like, keeps its checkpoints, and stops when there is a reason to.

    Once it is over, `frames` has the pictures of the rungs that it saw the end of, by the rungs' indices.
    """

    def __init__(
        self, row: Render, keeper: Keeper, reason_to_stop: Callable[[], str | None], time_left: TimeLeft
    ) -> None:
        self.row, self.keeper, self.reason_to_stop, self.time_left = row, keeper, reason_to_stop, time_left
        self.show_every = SHOW_PREVIEW_EVERY if row.passes else SHOW_EVERY
        self.shown = -math.inf if row.passes else time.monotonic()  # a preview shows its first step
        self.moved = -math.inf
        self.frame = 0
        self.last: Step | None = None
        self.first_is_too_early = False
        self.frames: dict[int, MadeFrame] = {}
        before = self.progress = progress.read(row.pk)
        self.curve = Curve(before.curve if before else ())
        self.rung_starts = list(before.rung_starts) if before else []

    def to_the_end(self, steps: Iterable[Step | Tick]) -> Step:
        """The last step, or the one that shows a picture that is good enough.

        Raises Stopped with the reason, after the state of the last whole step is put away.
        """
        for step in steps:
            if isinstance(step, Step):
                self._take(step)
            if self._is_good_enough():
                break
            if isinstance(step, Step):
                if self.keeper.keep(step):
                    self._note_progress()
                self._show(step)
            else:
                self._move_on(step)
        if self.last is None:
            raise Stopped("nothing was painted")
        self.frames.setdefault(self.last.rung.index, made_frame(self.last))
        return self.last

    def _take(self, step: Step) -> None:
        self.time_left.note(step.rung, step.iteration, time.monotonic())
        if self.last is None:
            self.curve = Curve(point for point in self.curve.points if point[0] < step.number)
            self.rung_starts = [start for start in self.rung_starts if start < step.number]
        if self.last is None or self.last.rung.index != step.rung.index:
            self._note_start(step)
        self.last = step
        self.curve.add(step.number, step.losses["total"])
        if step.ends_rung:
            self.frames[step.rung.index] = made_frame(step)

    def _note_start(self, step: Step) -> None:
        """Where the rung began; where that was before this attempt and is forgotten, as if all went as planned."""
        start = step.number - step.iteration + 1
        while len(self.rung_starts) <= step.rung.index:
            self.rung_starts.append(start)

    def _is_good_enough(self) -> bool:
        """Whether to stop and publish. Raises Stopped where there is another reason to stop."""
        reason = self.reason_to_stop()
        if reason is None:
            return False
        if reason == Reason.KEPT and (self.last is None or (self.first_is_too_early and not self.last.ends_rung)):
            return False
        if self.last is not None:
            self.keeper.keep_now(self.last, within=HAND_BACK_WITHIN)
        if reason != Reason.KEPT:
            raise Stopped(reason)
        return True

    def _note_progress(self) -> None:
        with contextlib.suppress(*DATABASE_TROUBLE):
            crashes.got_further(self.row)

    def _show(self, step: Step) -> None:
        now = time.monotonic()
        if now - self.shown < self.show_every and not step.ends_render:
            return
        self.frame, self.shown = self.frame + 1, now
        left = self.time_left.seconds
        self.progress = Progress(
            fraction=step.fraction,
            rung=step.rung.long_side,
            rungs=step.rungs,
            rung_index=step.rung.index,
            iteration=step.iteration,
            iterations=step.rung.iterations,
            loss=step.losses["total"],
            losses=step.losses,
            eta_seconds=None if left is None else round(left, 1),
            frame=self.frame,
            curve=self.curve.points,
            rung_starts=self.rung_starts,
        )
        frame = encoded(to_picture(step.shown(LARGEST_FRAME)), "JPEG", quality=85)
        progress.publish(self.row.pk, self.progress, frame)

    def _move_on(self, tick: Tick) -> None:
        """Shows how far the render is between two tiles, with the picture and the numbers of the step before."""
        now = time.monotonic()
        if self.progress is None or now - max(self.shown, self.moved) < SHOW_EVERY:
            return
        self.moved = now
        self.progress = replace(self.progress, fraction=tick.fraction, eta_seconds=self._left_at(tick))
        progress.publish(self.row.pk, self.progress)

    def _left_at(self, tick: Tick) -> float | None:
        """What was left at the last step, less the share of it that has been done since."""
        left = self.time_left.seconds
        if self.last is None or left is None:
            return None
        return round(left * (1 - tick.fraction) / (1 - self.last.fraction), 1)


def made_frame(step: Step) -> MadeFrame:
    """What a step shows, with a long side of at most 1024 px."""
    picture = to_picture(step.shown(LARGEST_FRAME))
    return MadeFrame(encoded(picture, "WEBP", quality=85, method=2), picture.width, picture.height)
