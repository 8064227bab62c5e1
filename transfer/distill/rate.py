"""The learning rate of trainings."""

import math


def rate(step: int, steps: int, largest: float, warm_up: int, least: float = 0.0) -> float:
    """A rise to `largest` within `warm_up` steps, times half a cosine that falls to 0 at the last of `steps`.

    The cosine falls no lower than `least`. Loshchilov and Hutter 2017, "SGDR", arXiv:1608.03983, equation 5.
    """
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
    return largest * min(1.0, (step + 1) / warm_up) * max(least, falling)
