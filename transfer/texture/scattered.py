"""Pictures whose pixels are drawn at random from other pictures: their colours, in no order."""

from collections.abc import Sequence

import torch
from torch import Tensor

STRIP = 256  # rows that are drawn at a time, so that no large table of places is needed


def add_scattered(
    image: Tensor, pictures: Sequence[Tensor], blend: Sequence[float], generator: torch.Generator
) -> Tensor:
    """Adds to each place of an image (1, 3, H, W), in place, a random pixel of one of `pictures` (1, 3, h, w).

    `blend` says how often each is drawn from. `generator` is one of the CPU, so that devices agree.
    """
    shares = torch.tensor(blend, dtype=torch.float64)
    for top in range(0, image.shape[2], STRIP):
        rows = image[0, :, top : top + STRIP]
        count = rows.shape[1] * rows.shape[2]
        whose = torch.multinomial(shares, count, replacement=True, generator=generator)
        drawn = rows.new_empty(3, count)
        for number, picture in enumerate(pictures):
            own = (whose == number).nonzero()[:, 0]
            place = torch.randint(picture.shape[2] * picture.shape[3], (len(own),), generator=generator)
            drawn[:, own.to(image.device)] = picture[0].flatten(1)[:, place.to(image.device)]
        rows += drawn.view_as(rows)
    return image
