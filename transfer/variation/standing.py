"""A variation between two iterations: what there is to see, to keep and to go on from."""

from dataclasses import dataclass

from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit
from transfer.images import smaller
from transfer.variation.scene import Scene


@dataclass(frozen=True)
class Standing:
    """A variation after `iteration` iterations on a rung: `Iterate` and `Standing` of `transfer.engine.standing`.

    `picture` (1, 3, H, W) has colours as they are compared; `field` says where in the source each patch is from, once
    that is known; `loss` is how far apart distributions were at last; `velocity` is how the last iteration moved the
    picture, if it moved distributions. It stays what it is while the work goes on.
    """

    scene: Scene
    rung: Rung
    picture: Tensor
    field: Tensor | None = None
    iteration: int = 0
    loss: float = 0.0
    velocity: Tensor | None = None

    @classmethod
    def restored(cls, scene: Scene, rung: Rung, state: State) -> "Standing":
        """That of a state."""
        found = state.on(scene.device)
        picture, field = found.tensors["picture"], found.tensors.get("field")
        field = None if field is None else field.long()
        return cls(scene, rung, picture, field, state.iteration, state.values["loss"], found.tensors.get("velocity"))

    def image(self, iteration: int) -> Tensor:
        """See `Shown`."""
        return self.scene.palette.shown(self.picture)

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """See `Shown`."""
        whole = self.scene.size(self.rung)
        if max(whole) <= long_side:
            return self.image(iteration)
        return self.scene.palette.shown(smaller(self.picture, fit(whole, long_side)))

    def stands_at(self, iteration: int) -> bool:
        """See `Standing`: always, since nothing of it is overwritten."""
        return self.iteration == iteration

    def state(self, iteration: int, number: int) -> State:
        """See `Standing`."""
        tensors = {"picture": self.picture}
        if self.field is not None:
            tensors["field"] = self.field.int()
        if self.velocity is not None:
            tensors["velocity"] = self.velocity
        ends = self.iteration == self.rung.iterations
        return State(self.rung.long_side, self.iteration, number, ends, tensors, {"loss": self.loss})
