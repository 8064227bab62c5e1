"""A zoom between two frames: what there is to see, to keep and to go on from."""

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung
from transfer.film.frame_by_frame import FilmStanding
from transfer.film.kept import in_order, numbered, picture_of, pixels, reel_of


@dataclass(frozen=True)
class Standing(FilmStanding):
    """`beginning` are the frames that the end of a film which closes becomes; they are not on the reel."""

    beginning: tuple[Image.Image, ...] = ()

    @classmethod
    def restored(cls, rung: Rung, rate: int, state: State) -> "Standing":
        """That of a state."""
        found = state.tensors
        beginning, picture = tuple(map(picture_of, in_order(found, "beginning"))), picture_of(found["picture"])
        return cls(rung, reel_of(found, rate), picture, state.iteration, state.values["loss"], beginning)

    def tensors(self) -> Mapping[str, Tensor]:
        """See `FilmStanding`."""
        return numbered("beginning", list(map(pixels, self.beginning)))

    def film(self) -> bytes:
        """See `FilmStanding`: where only its beginning is there, that."""
        reel = self.reel
        for picture in () if len(reel) else self.beginning:
            reel = reel.and_then(picture)
        return reel.film()
