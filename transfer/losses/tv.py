"""Total variation (Mahendran and Vedaldi 2014, arXiv:1412.0035, section 3, with beta = 2), as a mean.

    mean (x[i, j+1] - x[i, j])^2 + (x[i+1, j] - x[i, j])^2

neural-style sums it, so there its weight grows with the number of pixels.
"""

from torch import Tensor


def total_variation(image: Tensor) -> Tensor:
    """Mean squared difference between neighbours of an image (1, 3, H, W): a scalar."""
    across = (image[..., :, 1:] - image[..., :, :-1]).square().mean()
    down = (image[..., 1:, :] - image[..., :-1, :]).square().mean()
    return across + down
