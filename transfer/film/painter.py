"""Makes the film of a clip as the painter of its kind: segment after segment, which others may paint at the same time.

A frame counts as an iteration. What is painted of a film lies on its desk, not in a checkpoint.
"""

import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit
from transfer.engine.step import Step, Tick, ticking
from transfer.errors import ClipError
from transfer.film import planner, reel
from transfer.film.clip import Clip
from transfer.film.desk import Alone, Desk
from transfer.film.joining import joined
from transfer.film.reading import taken
from transfer.film.recipe import FilmRecipe
from transfer.film.segment_painter import SegmentPainter
from transfer.film.segments import Segment, segments
from transfer.film.shots import shots
from transfer.film.video import opened, pixels
from transfer.images import smaller, to_tensor
from transfer.inputs import Inputs, Role

WAITS = 0.2  # seconds between two looks at what others paint


@dataclass(frozen=True)
class FrameShown:
    """A film after `iteration` frames, of which `picture` is shown: a `transfer.engine.standing.Iterate`."""

    rung: Rung
    iteration: int
    picture: Image.Image
    loss: float = 0.0

    def image(self, iteration: int) -> Tensor:
        """See `Shown`."""
        return to_tensor(self.picture)

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """See `Shown`."""
        size, image = self.picture.size, self.image(iteration)
        return image if max(size) <= long_side else smaller(image, fit(size, long_side))


class FilmPainter:
    """The `transfer.engine.painter.Painter` of films of clips. `desk` says which segments are for this one to paint."""

    def __init__(self, clip: Clip, clip_sha256: str, painter: SegmentPainter) -> None:
        self.clip, self.clip_sha256, self.painter = clip, clip_sha256, painter
        self.weights_sha256, self.width = painter.weights_sha256, painter.network.dtype.itemsize
        self.desk: Desk = Alone()
        self._notes = clip.notes

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """See `Painter`."""
        return (planner.rung(self.painter.recipe, self.clip.frames),)

    @property
    def device(self) -> torch.device:
        """See `Painter`."""
        return self.painter.network.mean.device

    def key(self) -> str:
        """See `Painter`."""
        return self.painter.key(self.clip_sha256)

    def earlier_keys(self) -> tuple[str, ...]:
        """See `Painter`: none."""
        return ()

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """See `Painter`; raises ClipError where nothing can be decoded."""
        self.painter.memory = memory
        parts = self.desk.segments()
        if not parts:
            found = yield from ticking(shots(self.clip), lambda frame: 0.0)
            parts = segments(self.clip.between(0, found[-1].last), found, self.painter.recipe.longest)
            self.desk.lay_out(parts)
        self._end_with(parts[-1])
        while self.desk.frames() < self.clip.frames:
            if (segment := self.desk.take()) is None:
                time.sleep(WAITS)
                yield Tick(self.desk.frames() / self.clip.frames)
            else:
                yield from self._painted(segment)
        yield self._step(self._middle(), self.clip.frames)

    def help(self, memory: int | None = None) -> Iterator[Step | Tick]:
        """Paints segments of a film that somebody else makes, as long as there are any for this one."""
        self.painter.memory = memory
        if not (parts := self.desk.segments()):  # it was cancelled a moment ago
            return
        self._end_with(parts[-1])
        while (segment := self.desk.take()) is not None:
            yield from self._painted(segment)

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """See `Painter`: nothing, since there are no states."""
        return iter(())

    def beside(self, last: Step[FrameShown]) -> dict[str, bytes]:
        """See `Painter`: the film, up to the first segment that is missing. Without any it shows the last frame."""
        parts = self.desk.parts()
        if not parts:
            return {"film": reel.encoded([last.canvas.picture], max(1, round(self.clip.rate)))}
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "film.mp4"
            joined(self.clip.between(0, parts[-1][0].last), parts, output)
            return {"film": output.read_bytes()}

    def _end_with(self, last: Segment) -> None:
        """A clip whose end cannot be decoded is as long as what can."""
        if last.last + 1 < self.clip.frames:
            cut = self.clip.between(0, last.last)
            told = f"It can be decoded for {cut.seconds:.1f} of {self.clip.seconds:.1f} s: the film ends there."
            self._notes, self.clip = (*self._notes, told), cut

    def _painted(self, segment: Segment) -> Iterator[Step | Tick]:
        """Paints a segment, and puts it on the desk unless somebody else has it by then."""
        done, count = self.desk.frames(), 0
        goes_on = self.painter.recipe.is_painted and not segment.begins_shot
        before = self.desk.before(segment) if goes_on else None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "segment.mp4"
            for painted in self.painter.segment(self.clip, segment, path, before):
                if not self.desk.goes_on():
                    return
                if painted is None:
                    yield Tick(min(1.0, (done + count) / self.clip.frames))
                    continue
                count += 1
                yield self._step(Image.fromarray(painted.pixels), min(done + count, self.clip.frames - 1))
            self.desk.put(path)

    def _middle(self) -> Image.Image:
        """The frame in the middle of the film, which stands for it."""
        middle = self.clip.frames // 2
        part, path = next(each for each in self.desk.parts() if each[0].last >= middle)
        with opened(path) as film:
            *_, frame = islice(film.decode(video=0), middle - part.first + 1)
            return Image.fromarray(pixels(frame, (frame.width, frame.height)))

    def _step(self, picture: Image.Image, iteration: int) -> Step[FrameShown]:
        rung = self.rungs[0]
        return Step.of(
            FrameShown(rung, iteration, picture), 1, iteration, iteration / rung.iterations, notes=self._notes
        )


def painter(inputs: Inputs, recipe: FilmRecipe, device: torch.device, weights: Path | None = None) -> FilmPainter:
    """See `transfer.kind.PainterOf`; raises ClipError where there is no clip, and what `SegmentPainter` raises."""
    given = inputs.clip
    if given is None or given.clip is None:
        raise ClipError("A film needs a clip.")
    clip = taken(given.clip, recipe, called="The clip")
    return FilmPainter(clip, given.clip_sha256, SegmentPainter(inputs.of(Role.STYLE), recipe, device, weights))
