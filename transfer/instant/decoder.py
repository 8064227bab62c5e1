"""Transported features back to pixels.

The decoder's first convolution at each layer, its entry, takes features R f that were moved: A R f + b. All of that is
linear, so it folds into the entry's weights, and the transport costs nothing for each pixel.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.features.convolution import Convolution
from transfer.instant.metric import CHANNELS
from transfer.instant.transport import Affine

WIDTHS = {"relu3_1": 96, "relu2_1": 48, "relu1_1": 32}  # channels that follow a layer's entry
MARGIN, REACH = 32, 8  # px: that of a decoder, and what each further block adds
NARROW = 48  # channels within a further block
GREY = 0.5  # what is painted where the network says nothing


class Bottleneck(nn.Module):
    """A residual block of fewer channels within: (B, C, h, w) to the same. It changes nothing until it is trained."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.narrow, self.wide = Convolution(channels, NARROW), Convolution(NARROW, channels)
        nn.init.zeros_(self.wide.weight)
        nn.init.zeros_(cast(Tensor, self.wide.bias))

    def forward(self, features: Tensor) -> Tensor:
        """See the class."""
        return features + cast(Tensor, self.wide(functional.relu(self.narrow(features))))


class Decoder(nn.Module):
    """Features of strides 4, 2 and 1 to an image of the size of the last, with skips and two residual blocks.

    `further` more blocks see larger shapes. Its `margin` is how many pixels around a place decide on it, the encoder's
    included.
    """

    def __init__(self, further: int = 0) -> None:
        super().__init__()
        self.margin = MARGIN + REACH * further
        deep, middle, fine = WIDTHS.values()
        self.entry3_1 = Convolution(CHANNELS["relu3_1"], deep)
        self.entry2_1 = Convolution(CHANNELS["relu2_1"], middle, size=1)
        self.entry1_1 = Convolution(CHANNELS["relu1_1"], fine, size=1)
        self.deep_in, self.deep_out = Convolution(deep, deep), Convolution(deep, deep)
        self.further = nn.ModuleList(Bottleneck(deep) for _ in range(further))
        self.to_middle = Convolution(deep, middle, size=1, bias=False)
        self.middle_in, self.middle_out = Convolution(middle, middle), Convolution(middle, middle)
        self.to_fine = Convolution(middle, fine, size=1, bias=False)
        self.fine = Convolution(fine, fine)
        self.paint, self.paint_at_once = Convolution(fine, 3), Convolution(fine, 3, size=1)

    def entry(self, layer: str) -> Convolution:
        """The convolution that takes the features of a layer."""
        found: Convolution = getattr(self, layer.replace("relu", "entry"))
        return found

    def forward(self, entered: Mapping[str, Tensor]) -> Tensor:
        """An image (B, 3, H, W), mostly in [0, 1], of what the entries gave, by layer; what they gave is used up."""
        relu = functional.relu
        deep = relu(entered["relu3_1"])
        deep = deep + self.deep_out(relu(self.deep_in(deep)))
        for block in self.further:
            deep = block(deep)
        middle = relu(entered["relu2_1"] + _doubled(self.to_middle(deep), entered["relu2_1"]))
        middle = middle + self.middle_out(relu(self.middle_in(middle)))
        fine = entered["relu1_1"] + _doubled(self.to_fine(middle), entered["relu1_1"])
        image: Tensor = self.paint(relu(self.fine(relu(fine)))) + self.paint_at_once(fine)
        return image.float() + GREY if image.dtype == torch.bfloat16 else image + GREY


Folded = dict[str, list[tuple[Tensor, Tensor]]]  # weight and bias of each region's entry, by layer


def folded(decoder: Decoder, maps: Mapping[str, Sequence[Affine]]) -> Folded:
    """The entries of maps from raw features, one for each region: weights as the decoder has them."""
    found: Folded = {}
    for layer, regions in maps.items():
        entry = decoder.entry(layer)
        weight, bias = entry.weight.double(), cast(Tensor, entry.bias)
        found[layer] = [
            (
                torch.einsum("oikl,ij->ojkl", weight, each.matrix).to(entry.weight, memory_format=torch.channels_last),
                (bias.double() + torch.einsum("oikl,i->o", weight, each.offset)).to(entry.weight),
            )
            for each in regions
        ]
    return found


def entered(
    features: Mapping[str, Tensor], entries: Folded, shares: Mapping[str, Sequence[Tensor]]
) -> dict[str, Tensor]:
    """What the entries give for raw features, each place mixed by its `shares` (h, w) of the regions, if there are."""
    found = {}
    for layer, regions in entries.items():
        parts = [_convolved(features[layer], *entry) for entry in regions]
        if len(parts) > 1:
            parts = [part * share.to(part)[None, None] for part, share in zip(parts, shares[layer], strict=True)]
        found[layer] = sum(parts[1:], parts[0])
    return found


def _convolved(features: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """As an entry with these weights does it."""
    around = weight.shape[2] // 2
    padded = functional.pad(features, (around,) * 4, mode="replicate") if around else features
    return functional.conv2d(padded, weight, bias)


def _doubled(small: Tensor, like: Tensor) -> Tensor:
    """Each place twice along each axis, and the last one once more where `like` (.., h, w) has an odd length."""
    height, width = like.shape[2:]
    doubled = functional.interpolate(small, scale_factor=2, mode="nearest")
    missing = (0, width - doubled.shape[3], 0, height - doubled.shape[2])
    return functional.pad(doubled, missing, mode="replicate") if any(missing) else doubled
