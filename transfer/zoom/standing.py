"""A zoom between two frames: what there is to see, to keep and to go on from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy
import torch
from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit
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
        runs = tuple(each.numpy().tobytes() for each in _in_order(found, "run"))
        reel = Reel(rate, runs, tuple(map(_picture, _in_order(found, "frame"))))
        beginning = tuple(map(_picture, _in_order(found, "beginning")))
        return cls(rung, _picture(found["picture"]), reel, beginning, state.iteration, state.values["loss"])

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
        tensors = {"picture": _pixels(self.picture)}
        tensors |= {f"run{place}": _bytes(run) for place, run in enumerate(self.reel.runs)}
        for name, pictures in (("frame", self.reel.pictures), ("beginning", self.beginning)):
            tensors |= {f"{name}{place}": _pixels(picture) for place, picture in enumerate(pictures)}
        ends = self.iteration == self.rung.iterations
        return State(self.rung.long_side, self.iteration, number, ends, tensors, {"loss": self.loss})

    def film(self) -> bytes:
        """The film as far as it is there: where only its beginning is, that."""
        reel = self.reel
        for picture in () if len(reel) else self.beginning:
            reel = reel.and_then(picture)
        return reel.film()


def _in_order(tensors: Mapping[str, Tensor], name: str) -> Sequence[Tensor]:
    """The tensors called `name` and a number, by their numbers."""
    found = {key.removeprefix(name): each for key, each in tensors.items()}
    return [found[number] for number in sorted(filter(str.isdigit, found), key=int)]


def _pixels(picture: Image.Image) -> Tensor:
    return torch.from_numpy(numpy.array(picture))


def _picture(pixels: Tensor) -> Image.Image:
    return Image.fromarray(pixels.cpu().numpy(), "RGB")


def _bytes(run: bytes) -> Tensor:
    return torch.from_numpy(numpy.frombuffer(run, numpy.uint8).copy())
