"""Holds on to a picture where it can be trusted (Ruder et al. 2016, "Artistic style transfer for videos",
arXiv:1604.08610, equation 6), as a mean:

    mean c (x - y)^2

where c, from 0 to 1, says how far a place of y can be trusted.
"""

from torch import Tensor

from transfer.losses.term import PixelTerm, Scalar


class HeldTerm(PixelTerm):
    """The distance to a picture (1, 3, H, W), trusted as `trust` (1, 1, H, W) says, times a weight."""

    name = "held"

    def __init__(self, weight: float, picture: Tensor, trust: Tensor) -> None:
        self.weight, self.picture, self.trust = weight, picture, trust

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`. Colours are taken one by one: it takes a third of the memory."""
        unit = self.weight / self.picture.numel()
        term: Scalar = 0.0
        for channel in range(image.shape[1]):
            apart = image[0, channel] - self.picture[0, channel]
            pull = apart * self.trust[0, 0]
            term += unit * (pull * apart).sum().double()
            gradient[0, channel] += pull.mul_(2 * unit)
        return term
