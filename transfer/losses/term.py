"""The terms of an objective: to add a loss, write one of these and list it where the objective is made.

An image is evaluated in up to two passes over its tiles, so that one of any size has exactly the value and the gradient
that it has in one piece. The first pass, for terms that must know the whole image before any gradient, takes in
`statistics`. The second asks for values and gradients, tile by tile.

A term has its weight in it: the objective's value is the sum of its terms' values. These are `Scalar`s, so that a term
need not wait until a device has them: what the host reads cannot be recorded (see transfer/engine/capture.py).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from torch import Tensor

from transfer.tiling.grid import Tile
from transfer.tiling.tiles import View

Scalar = float | Tensor  # the latter of shape (), in float64, where the picture is


class Term(ABC):
    """One summand. `name` is that of its value among the losses."""

    name: ClassVar[str]


class FeatureTerm(Term):
    """A term on the features of a network. `weights` has that of each layer which it compares.

    It holds what it knows of the image that is being evaluated, from `begin` to the last `gradient`.
    """

    needs_statistics: ClassVar[bool] = False  # whether it must see the whole image before it has a gradient
    can_be_normalised: ClassVar[bool] = True  # whether its gradient may be given a size that it has not

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def begin(self) -> None:
        """Another image is evaluated from here on."""

    def statistics(self, view: View) -> None:
        """First pass: takes the core of a tile in."""

    def settle(self) -> Scalar:
        """The first pass is over. Gives the part of the value that follows from the statistics."""
        return 0.0

    @abstractmethod
    def gradient(self, view: View) -> tuple[dict[str, Tensor], Scalar]:
        """Second pass: the term's gradient at the features (1, C, h, w) of a tile with its margin, by layer, in their
        dtype and channels-last; and the part of the value that lies in the tile's core.
        """


class PixelTerm(Term):
    """A term on the pixels themselves. It adds its gradient either for the whole image at once, or tile by tile."""

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """Between the passes: adds the gradient at an image (1, 3, H, W) to `gradient`, and gives the value."""
        return 0.0

    def part(self, image: Tensor, tile: Tile, gradient: Tensor) -> Scalar:
        """Second pass: the same within the core of a tile."""
        return 0.0
