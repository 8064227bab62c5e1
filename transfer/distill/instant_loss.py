"""What the instant decoder is trained for: pictures with the style's statistics and the content's shapes.

Reconstruction alone would teach it to invert features that pictures have, and transported features are none of these.
So each picture that it paints goes through the small network again, and is compared there.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from transfer.features.moments import Moments, moments
from transfer.features.network import Head
from transfer.instant.metric import LAYERS
from transfer.losses.wasserstein import WassersteinTarget

LAYER_WEIGHTS = {"relu1_1": 0.25, "relu2_1": 0.3, "relu3_1": 0.45}  # chosen: large shapes come hardest
CONTENT, TV, OUTSIDE, RECONSTRUCTION = 0.6, 1.5, 5.0, 3.0  # weights
LEAST_START = 0.15  # of the style's variance: a style that the content has already is not weighed up without bound
EASED = 0.25  # chosen: the power of what the content had by which its style counts less
SOFT = 0.05  # of what lies outside [0, 1] is seen, so that there is a gradient back

Features = Mapping[str, Tensor]


class StyleGoal:
    """The moments of one style. Distances to it count a little less where the content was far from it."""

    def __init__(self, style: Features, content: Features, metric: Mapping[str, Head]) -> None:
        self.metric = metric
        self.targets = {layer: WassersteinTarget(in_metric(style[layer], metric[layer])) for layer in LAYERS}
        starts = {layer: self._distance(content, layer).detach() + LEAST_START for layer in LAYERS}
        self.weights = {layer: LAYER_WEIGHTS[layer] / starts[layer] ** EASED for layer in LAYERS}

    def distance(self, features: Features) -> Tensor:
        """The weighted sum over layers: a scalar."""
        return torch.stack([self.weights[layer] * self._distance(features, layer) for layer in LAYERS]).sum()

    def _distance(self, features: Features, layer: str) -> Tensor:
        return self.targets[layer].distance(in_metric(features[layer], self.metric[layer]))


def in_metric(features: Tensor, head: Head) -> Moments:
    """The moments of one feature map (1, C, H, W), as they are transported."""
    return moments(features).double().through(head)


def structure(features: Features, head: Head) -> Tensor:
    """What is kept of a content: relu3_1 of VGG-19 as predicted, instance-normalised, as unit vectors (B, N)."""
    found = head(features["relu3_1"].float())
    found = found - found.mean((2, 3), keepdim=True)
    found = found / (found.square().mean((2, 3), keepdim=True).sqrt() + 1e-3)
    return functional.normalize(found.flatten(1))


def content_loss(wanted: Tensor, found: Tensor) -> Tensor:
    """1 less the cosine, for each picture of a batch."""
    return 1 - (wanted * found).sum(1)


def pixel_losses(painted: Tensor, content: Tensor, copies: int) -> dict[str, Tensor]:
    """Of pictures (B, 3, H, W): total variation, what lies outside [0, 1], and how the first `copies`, whose style is
    their own content, differ from it."""
    same = painted[:copies] - content[:copies] if copies else painted.new_zeros(1)
    return {
        "tv": TV * (painted.diff(dim=2).square().mean() + painted.diff(dim=3).square().mean()),
        "outside": OUTSIDE * (painted - painted.clamp(0, 1)).square().mean(),
        "copies": RECONSTRUCTION * (same.square().mean() + 0.1 * same.abs().mean()),
    }


def seen(painted: Tensor) -> Tensor:
    """Pictures as they are compared: nearly in [0, 1]."""
    inside = painted.clamp(0, 1)
    return inside + SOFT * (painted - inside)


def each(features: Features, count: int) -> Sequence[Features]:
    """The features of a batch, picture by picture."""
    return [{layer: features[layer][number : number + 1] for layer in LAYERS} for number in range(count)]
