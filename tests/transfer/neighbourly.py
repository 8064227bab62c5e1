"""Noise, and what terms of neighbours make of a picture."""

import torch

from transfer.tiling.wrap import NOWHERE


def drawn(height=12, width=14, seed=0):
    """An image of noise."""
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def pulled(term, wanted, image, wrap=NOWHERE):
    """The value of a term of weight 2 that wants this, and its gradient."""
    gradient = torch.zeros_like(image)
    return float(term(2.0, wanted, wrap).whole(image, gradient)), gradient
