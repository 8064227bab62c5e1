"""The style term of one layer: its targets, region by region, and what they are relative to."""

import torch
from torch import Tensor

from transfer.features.moments import Moments, blended
from transfer.features.network import Head
from transfer.losses.gram import GramTarget
from transfer.losses.wasserstein import WassersteinTarget
from transfer.recipes.style import StyleRecipe

TARGETS: dict[str, type[WassersteinTarget | GramTarget]] = {"w2": WassersteinTarget, "gram": GramTarget}
LEAST_START = 0.05  # a style that the content already matches is not weighed up without bound


class StyleTarget:
    """What one layer's moments should become, each region by itself.

    Each distance is relative to that of the content picture, so that the term starts at 1; regions count by the area
    that they cover, so that a place weighs the same in each. Lists have one entry for each region, or one for the
    whole; None stands for a region too small to have moments.
    """

    def __init__(
        self, recipe: StyleRecipe, content: list[Moments | None], styles: list[list[Moments | None]], areas: list[float]
    ) -> None:
        weights = recipe.style_blend_weights or (1.0,) * len(styles)
        self.targets: list[tuple[int, WassersteinTarget | GramTarget, float]] = []
        for region, (start, area) in enumerate(zip(content, areas, strict=True)):
            wanted = blended([style[region] for style in styles], weights)
            if start is None or wanted is None:
                continue
            target = TARGETS[recipe.style_loss](wanted)
            self.targets.append((region, target, area / max(LEAST_START, float(target.distance(start)))))

    def slope(
        self, found: list[Moments | None], head: Head | None, weight: float
    ) -> tuple[float, list[Moments | None]]:
        """`weight` times the term, and its gradient with respect to the moments `found` before the head.

        The matrices are small, so autograd does it, in float64; from there to the features, `slope_at` has it in closed
        form.
        """
        seen: list[Moments | None] = [None] * len(found)
        leaves = dict[int, tuple[Tensor, Tensor]]()
        for region, _, _ in self.targets:
            if (each := found[region]) is not None:
                leaves[region] = each.mean.requires_grad_(), each.covariance.requires_grad_()
                seen[region] = each if head is None else each.through(head)
        value = weight * self.distance(seen)
        slopes: list[Moments | None] = [None] * len(found)
        if not isinstance(value, Tensor):
            return 0.0, slopes
        given = iter(torch.autograd.grad(value, [part for leaf in leaves.values() for part in leaf]))
        for region in leaves:
            slopes[region] = Moments(next(given), next(given))
        return float(value.detach()), slopes

    def distance(self, found: list[Moments | None]) -> Tensor | float:
        """The term at the moments `found`: a scalar; 0 where no region has any."""
        return sum(
            weight * target.distance(moments)
            for region, target, weight in self.targets
            if (moments := found[region]) is not None
        )
