"""A walk between two frames: what there is to see, to keep and to go on from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung
from transfer.film.frame_by_frame import FilmStanding
from transfer.film.kept import in_order, numbered, picture_of, reel_of
from transfer.walk.path import Frame
from transfer.walk.station import Station


@dataclass(frozen=True)
class Standing(FilmStanding):
    """`stations` are those that are needed still, by their numbers, and `fields` those of the last frame."""

    stations: Mapping[int, Station] = field(default_factory=dict)
    fields: tuple[Tensor, ...] = ()

    @classmethod
    def restored(cls, rung: Rung, rate: int, stations: int, state: State) -> "Standing":
        """That of a state of a walk with so many stations."""
        found = state.tensors
        known = {number: Station.restored(found, f"station{number}") for number in range(stations)}
        return cls(
            rung,
            reel_of(found, rate),
            picture_of(found["picture"]),
            state.iteration,
            state.values["loss"],
            {number: station for number, station in known.items() if station is not None},
            tuple(in_order(found, "field")),
        )

    def and_then(self, frame: Frame, picture: Image.Image) -> Self:
        """What stands after one more frame."""
        return replace(
            self,
            reel=self.reel.and_then(picture),
            picture=picture,
            iteration=self.iteration + 1,
            loss=frame.distance,
            fields=frame.fields,
        )

    def tensors(self) -> Mapping[str, Tensor]:
        """See `FilmStanding`."""
        tensors = numbered("field", self.fields)
        for place, station in self.stations.items():
            tensors |= station.tensors(f"station{place}")
        return tensors
