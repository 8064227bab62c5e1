"""A walk between two frames: what there is to see, to keep and to go on from."""

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit
from transfer.film.kept import in_order, numbered, picture_of, pixels, reel_of, reel_tensors
from transfer.film.reel import Reel
from transfer.images import smaller, to_tensor
from transfer.walk.path import Frame
from transfer.walk.station import Station


@dataclass(frozen=True)
class Standing:
    """As much of a `Canvas` as a step needs, after `iteration` frames. It stays what it is while the work goes on.

    `stations` are those that are needed still, by their numbers, and `fields` those of the last frame.
    """

    rung: Rung
    reel: Reel
    stations: Mapping[int, Station]
    picture: Image.Image | None = None
    fields: tuple[Tensor, ...] = ()
    iteration: int = 0
    loss: float = 0.0

    @classmethod
    def restored(cls, rung: Rung, rate: int, stations: int, state: State) -> "Standing":
        """That of a state of a walk with so many stations."""
        found = state.tensors
        known = {number: Station.restored(found, f"station{number}") for number in range(stations)}
        return cls(
            rung,
            reel_of(found, rate),
            {number: station for number, station in known.items() if station is not None},
            picture_of(found["picture"]),
            tuple(in_order(found, "field")),
            state.iteration,
            state.values["loss"],
        )

    def and_then(self, frame: Frame, picture: Image.Image) -> "Standing":
        """What stands after one more frame."""
        reel = self.reel.and_then(picture)
        return Standing(self.rung, reel, self.stations, picture, frame.fields, self.iteration + 1, frame.distance)

    def image(self, iteration: int) -> Tensor:
        """See `Canvas`."""
        if self.picture is None:
            raise RuntimeError("a walk has no picture before its first frame")
        return to_tensor(self.picture)

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """See `Canvas`."""
        image = self.image(iteration)
        size = image.shape[3], image.shape[2]
        return image if max(size) <= long_side else smaller(image, fit(size, long_side))

    def stands_at(self, iteration: int) -> bool:
        """See `Canvas`: always, since nothing of it is overwritten."""
        return self.iteration == iteration

    def state(self, iteration: int, number: int) -> State:
        """See `Canvas`."""
        tensors = reel_tensors(self.reel) | numbered("field", self.fields)
        if self.picture is not None:
            tensors["picture"] = pixels(self.picture)
        for place, station in self.stations.items():
            tensors |= station.tensors(f"station{place}")
        ends = self.iteration == self.rung.iterations
        return State(self.rung.long_side, self.iteration, number, ends, tensors, {"loss": self.loss})
