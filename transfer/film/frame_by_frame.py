"""Films that are painted frame after frame: what stands between two frames, and what their painters share.

A frame counts as an iteration, so a film goes on at its last frame, and what it shows meanwhile is that.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit, index_of
from transfer.engine.step import Step, Tick
from transfer.film.kept import pixels, reel_tensors
from transfer.film.reel import Reel
from transfer.images import smaller, to_tensor


@dataclass(frozen=True)
class FilmStanding:
    """A film after `iteration` frames: `Iterate` and `Standing` of `transfer.engine.standing`.

    `picture` is the last frame, or what is there before the first.
    """

    rung: Rung
    reel: Reel
    picture: Image.Image
    iteration: int = 0
    loss: float = 0.0

    def image(self, iteration: int) -> Tensor:
        """See `Shown`."""
        return to_tensor(self.picture)

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """See `Shown`."""
        image = self.image(iteration)
        size = image.shape[3], image.shape[2]
        return image if max(size) <= long_side else smaller(image, fit(size, long_side))

    def stands_at(self, iteration: int) -> bool:
        """See `Standing`: always, since nothing of it is overwritten."""
        return self.iteration == iteration

    def state(self, iteration: int, number: int) -> State:
        """See `Standing`."""
        tensors = {**reel_tensors(self.reel), **self.tensors(), "picture": pixels(self.picture)}
        ends = self.iteration == self.rung.iterations
        return State(self.rung.long_side, self.iteration, number, ends, tensors, {"loss": self.loss})

    def tensors(self) -> Mapping[str, Tensor]:
        """What else its state has, by names of its own."""
        return {}

    def film(self) -> bytes:
        """The film as far as it is there."""
        return self.reel.film()


At = TypeVar("At", bound=FilmStanding)


class FramePainter(ABC, Generic[At]):
    """What a `transfer.engine.painter.Painter` has whose only rung has an iteration for each frame."""

    rungs: tuple[Rung, ...]

    def earlier_keys(self) -> tuple[str, ...]:
        """See `Painter`: none."""
        return ()

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """See `Painter`."""
        return (self._step(self._restored(self._rung(state), state)) for state in states)

    def beside(self, last: Step[At]) -> dict[str, bytes]:
        """See `Painter`: the film."""
        return {"film": last.canvas.film()}

    def _steps(
        self, beginning: At, resume: State | None, after: Callable[[At], Generator[Tick, None, At]]
    ) -> Iterator[Step | Tick]:
        """Goes on from there, or from the beginning; what stands after one more frame, `after` makes."""
        at = beginning if resume is None else self._restored(self._rung(resume), resume)
        if at.iteration == at.rung.iterations:
            yield self._step(at)
        while at.iteration < at.rung.iterations:
            at = yield from after(at)
            yield self._step(at)

    def _rung(self, state: State) -> Rung:
        return self.rungs[index_of(self.rungs, state.long_side)]

    @abstractmethod
    def _restored(self, rung: Rung, state: State) -> At:
        """What stands where a state was taken."""

    @abstractmethod
    def _step(self, at: At) -> Step[At]:
        """The step that led there."""
