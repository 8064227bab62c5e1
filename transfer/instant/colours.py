"""The content's colours become the styles' before its features do, by the same kind of map.

Features know a colour only together with what is drawn in it. Where content and style differ much in colour, a map of
features alone has to spend what it has on that: a bright sky may turn dark, and strokes get lost.
"""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from transfer.features.moments import Moments, blended, moments
from transfer.images import as_floats
from transfer.instant.transport import Affine, Destination
from transfer.tiling.guides import FEWEST_PLACES
from transfer.tiling.tiles import GuidedImage

QUIET = 4e-4  # chosen: the variance that a colour has at least, so that what is flat is not made rough


def recolouring(
    content: GuidedImage, styles: Sequence[GuidedImage], blend: Sequence[float], moved: float
) -> list[Affine]:
    """The map of each region of a content (1, 3, h, w), or of the whole, to the colours of styles of the same regions.

    Pictures are bytes or from 0 to 1; colours are from 0 to 1. What no style has a region for takes whole styles'.
    """
    whole = blended([_found(style, None) for style in styles], blend)
    maps = []
    for region in range(1 if content.guide is None else len(content.guide)):
        here = _found(content, None if content.guide is None else content.guide[region])
        there = [_found(style, None if style.guide is None else style.guide[region]) for style in styles]
        wanted = blended(there, blend) or whole
        if here is None or wanted is None:
            maps.append(Affine(torch.eye(3, dtype=torch.float64), torch.zeros(3, dtype=torch.float64)))
        else:
            maps.append(Destination.of(_rough(wanted)).way_from(_rough(here), moved))
    return maps


def contrast(styles: Sequence[GuidedImage], blend: Sequence[float]) -> float:
    """The deviation of the colours of whole styles, mixed as `blend` says: from 0 to 0.5, where colours go to 1."""
    found = blended([_found(style, None) for style in styles], blend)
    return 0.0 if found is None else float(found.covariance.diagonal().mean().clamp_min(0).sqrt())


def recoloured(image: Tensor, guide: Tensor | None, maps: Sequence[Affine]) -> Tensor:
    """An image (1, 3, H, W) in [0, 1] by the map of each of its regions, mixed by its `guide`; it may leave [0, 1]."""
    mapped = [
        torch.einsum("cd,bdhw->bchw", each.matrix.to(image), image) + each.offset.to(image)[:, None, None]
        for each in maps
    ]
    if guide is None:
        return mapped[0]
    shares = guide.to(image) / guide.sum(0).clamp_min(1).to(image)
    return torch.stack([share * each for share, each in zip(shares, mapped, strict=True)]).sum(0)


def _found(picture: GuidedImage, guide: Tensor | None) -> Moments | None:
    """The moments of its colours where the guide says; None where that is too few places."""
    if guide is not None and float(guide.sum()) < 255 * FEWEST_PLACES:
        return None
    return moments(as_floats(picture.image).double(), guide)


def _rough(found: Moments) -> Moments:
    return replace(found, covariance=found.covariance + QUIET * torch.eye(3).to(found.covariance))
