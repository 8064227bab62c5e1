"""Grey pictures, which are painted in grey: a network has no reason to keep the three colours together."""

from collections.abc import Generator, Iterable

import numpy
from PIL import Image
from torch import Tensor

from transfer.engine.objective import Losses, Objective, obstacle

LEVELS = 3  # of 255 between a grey's largest and smallest part, at most
NEARLY_ALL = 99.5  # percent of pixels


def are_grey(pictures: Iterable[Image.Image]) -> bool:
    """Whether none of these RGB pictures has a colour."""
    return all(
        numpy.percentile(numpy.ptp(numpy.asarray(picture), axis=2), NEARLY_ALL) <= LEVELS for picture in pictures
    )


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
