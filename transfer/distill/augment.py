"""Disturbs crops so that the small network learns on more than photographs.

Every function takes and gives batches (B, 3, H, W) in [0, 1].
"""

import torch
from torch import Tensor
from torch.nn import functional


def disturbed(batch: Tensor, generator: torch.Generator) -> Tensor:
    """Each crop; at random it is recoloured, flattened, mixed with another, or made noisy."""
    recolour, contrast, mix, noise = (torch.rand(4, len(batch), 1, 1, 1, generator=generator)).unbind(0)
    batch = torch.where(recolour < 0.35, recoloured(batch, generator), batch)
    batch = torch.where(contrast < 0.3, _less_contrast(batch, generator), batch)
    batch = torch.where(mix < 0.1, (batch + batch.roll(1, 0)) / 2, batch)
    batch = torch.where(noise < 0.25, batch + _noise(batch, 0.2, generator), batch)
    return batch.clamp(0, 1)


def nearby(batch: Tensor, generator: torch.Generator) -> Tensor:
    """Each crop, changed a little: by fine or coarse noise, towards another crop, or towards its own blur."""
    kind = torch.randint(5, (len(batch), 1, 1, 1), generator=generator)
    amount = torch.rand(len(batch), 1, 1, 1, generator=generator)
    blurred = functional.avg_pool2d(functional.pad(batch, (2, 2, 2, 2), "replicate"), 5, 1)
    moved = batch + _noise(batch, 0.12, generator)
    moved = torch.where(kind == 2, batch + (batch.roll(1, 0) - batch) * (0.05 + 0.3 * amount), moved)
    moved = torch.where(kind == 3, batch + (blurred - batch) * (2 * amount - 1), moved)
    return moved.clamp(0, 1)


def recoloured(batch: Tensor, generator: torch.Generator) -> Tensor:
    """Each crop in other colours, which may leave [0, 1]: a random linear map, and a shift."""
    turn = torch.eye(3) + 0.5 * torch.randn(len(batch), 3, 3, generator=generator)
    shift = 0.15 * torch.randn(len(batch), 3, 1, 1, generator=generator)
    return torch.einsum("bij,bjhw->bihw", turn, batch - 0.5) + 0.5 + shift


def _less_contrast(batch: Tensor, generator: torch.Generator) -> Tensor:
    amount = torch.rand(len(batch), 1, 1, 1, generator=generator).square()
    level = torch.rand(len(batch), 3, 1, 1, generator=generator)
    return amount * batch + (1 - amount) * (0.5 * batch.mean((2, 3), keepdim=True) + 0.5 * level)


def _noise(batch: Tensor, largest: float, generator: torch.Generator) -> Tensor:
    """Noise of a random deviation up to `largest` and a random grain of 1 or about 6 px."""
    size = batch.shape[2:]
    deviation = largest * torch.rand(len(batch), 1, 1, 1, generator=generator)
    fine = torch.randn(batch.shape, generator=generator)
    coarse = functional.interpolate(
        torch.randn(len(batch), 3, size[0] // 6, size[1] // 6, generator=generator), size, mode="bicubic"
    )
    grey = torch.rand(len(batch), 1, 1, 1, generator=generator) < 0.3
    noise = torch.where(torch.rand(len(batch), 1, 1, 1, generator=generator) < 0.6, fine, 1.5 * coarse)
    return deviation * torch.where(grey, noise.mean(1, keepdim=True) * 1.7, noise)
