"""Grey pictures, which are painted in grey: a network has no reason to keep the three colours together."""

import functools
from collections.abc import Generator, Iterable

from PIL import Image, ImageChops
from torch import Tensor

from transfer.engine.objective import Losses, Objective, obstacle

LEVELS = 3  # of 255 between a grey's largest and smallest part, at most
NEARLY_ALL = 0.995  # of the pixels


def are_grey(pictures: Iterable[Image.Image]) -> bool:
    """Whether none of these RGB pictures has a colour."""
    return all(_grey_part(picture) >= NEARLY_ALL for picture in pictures)


def _grey_part(picture: Image.Image) -> float:
    """The share of an RGB picture's pixels that are grey."""
    colours = picture.split()
    most, least = functools.reduce(ImageChops.lighter, colours), functools.reduce(ImageChops.darker, colours)
    apart = ImageChops.subtract(most, least).histogram()
    return sum(apart[: LEVELS + 1]) / sum(apart)


class GreyObjective:
    """An objective over greys: the three colours share one gradient, so that an image that starts grey stays grey."""

    def __init__(self, whole: Objective) -> None:
        self.whole = whole

    @property
    def obstacle(self) -> str:
        """See `Recordable`."""
        return obstacle(self.whole)

    def gradient(self, image: Tensor, into: Tensor) -> Generator[float, None, Losses]:
        """See `Objective`."""
        losses = yield from self.whole.gradient(image, into)
        into.copy_(into.mean(1, keepdim=True).expand_as(into))
        return losses
