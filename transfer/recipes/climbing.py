"""What the engine needs to know of a recipe, whatever kind of work it is of."""

from typing import Literal, Protocol


class Climbing(Protocol):
    """The fields by which a ladder is climbed; any recipe that has them can be. `StyleRecipe` says what they mean."""

    @property
    def image_size(self) -> int:
        """Long side of the last rung, in pixels."""

    @property
    def num_iterations(self) -> int:
        """Iterations on the lowest rung, at least 1."""

    @property
    def learning_rate(self) -> float:
        """Adam's step on the lowest rung, where colours run from 0 to 1."""

    @property
    def optimizer(self) -> Literal["adam", "lbfgs"]:
        """What moves the pixels."""

    @property
    def early_stopping(self) -> float:
        """A rung is left once ten iterations lower its loss by less than this share; 0 never does."""

    @property
    def print_iter(self) -> int:
        """Iterations between two reports; 0 for none."""

    @property
    def save_iter(self) -> int:
        """Iterations between two pictures kept on the way; 0 for none."""


class Viewing(Climbing, Protocol):
    """A recipe by which pictures are viewed through a network, so that its memory and its tiles can be planned."""

    @property
    def backbone(self) -> str:
        """A name in `transfer.features.registry.BACKBONES`."""

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers that are compared."""

    @property
    def layers_for_content(self) -> tuple[str, ...]:
        """Those whose features are kept for the whole picture, where there is room for them."""

    @property
    def layers_for_texture(self) -> tuple[str, ...]:
        """Those at which windows are compared."""

    @property
    def wrap(self) -> str:
        """Which sides go on at the opposite ones: `none`, `x`, `y` or `both`."""

    @property
    def regions(self) -> str:
        """`none`, or how regions are found, which takes a guide of bytes for each pixel."""

    @property
    def lbfgs_num_correction(self) -> int:
        """Steps that L-BFGS remembers, where there is room for them."""
