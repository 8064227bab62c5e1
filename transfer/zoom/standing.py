"""A zoom between two frames: what there is to see, to keep and to go on from."""

from dataclasses import dataclass

from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit
from transfer.film.kept import in_order, numbered, picture_of, pixels, reel_of, reel_tensors
from transfer.film.reel import Reel
from transfer.images import smaller, to_tensor


@dataclass(frozen=True)
class Standing:
    """As much of a `Canvas` as a step needs, after `iteration` frames. It stays what it is while the work goes on.

    `beginning` are the frames that the end of a film which closes becomes; they are not on the reel.
    """

    rung: Rung
    picture: Image.Image
    reel: Reel
    beginning: tuple[Image.Image, ...] = ()
    iteration: int = 0
    loss: float = 0.0

    @classmethod
    def restored(cls, rung: Rung, rate: int, state: State) -> "Standing":
        """That of a state."""
        found = state.tensors
        beginning, picture = tuple(map(picture_of, in_order(found, "beginning"))), picture_of(found["picture"])
        return cls(rung, picture, reel_of(found, rate), beginning, state.iteration, state.values["loss"])

    def image(self, iteration: int) -> Tensor:
        """See `Canvas`."""
        return to_tensor(self.picture)

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """See `Canvas`."""
        size, image = self.picture.size, self.image(iteration)
        return image if max(size) <= long_side else smaller(image, fit(size, long_side))

    def stands_at(self, iteration: int) -> bool:
        """See `Canvas`: always, since nothing of it is overwritten."""
        return self.iteration == iteration

    def state(self, iteration: int, number: int) -> State:
        """See `Canvas`."""
        tensors = {"picture": pixels(self.picture)} | reel_tensors(self.reel)
        tensors |= numbered("beginning", list(map(pixels, self.beginning)))
        ends = self.iteration == self.rung.iterations
        return State(self.rung.long_side, self.iteration, number, ends, tensors, {"loss": self.loss})

    def film(self) -> bytes:
        """The film as far as it is there: where only its beginning is, that."""
        reel = self.reel
        for picture in () if len(reel) else self.beginning:
            reel = reel.and_then(picture)
        return reel.film()
