"""What a dream makes grow: the activations of a network (Mordvintsev et al. 2015, "Inceptionism").

    - mean a(z) / u,    z = (f - m) / s

where f is what a layer sees at one place, m and s are the mean and the standard deviation of each of its channels over
the content picture, a is the activation of a `Wish`, and u its usual size. A wish is for the whole layer
(google/deepdream's `objective_L2`), for some channels, or for another picture (`objective_guide`).

Two departures, since the layers of VGG are less even than GoogLeNet's. Features are standardised: most of what f has in
common everywhere is brightness, and |f|^2 would raise the contrast and little else. And all places pull equally hard,
so that a clear sky dreams as a forest does.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor
from torch.nn import functional

from transfer.features.moments import Moments
from transfer.features.network import Head
from transfer.losses.term import FeatureTerm
from transfer.tiling.tiles import View

AT_ONCE = 4096  # places that are compared with a guide at a time, which bounds the memory
LEAST_DEVIATION = 0.1  # chosen: of the mean one, so that channels that see nothing do not count more than all others
FAINT = 1e-3  # of the usual length of z: a place that sees less than that pulls less


@dataclass(frozen=True)
class Usual:
    """The mean and the standard deviation (C) of the channels of a layer over a picture, after its head."""

    mean: Tensor
    deviation: Tensor

    @classmethod
    def of(cls, found: Moments) -> Self:
        """Those of features with these moments."""
        deviation = found.covariance.diagonal().clamp_min(0).sqrt()
        return cls(found.mean, deviation.clamp_min(LEAST_DEVIATION * float(deviation.mean()) + FAINT))

    def standard(self, features: Tensor) -> Tensor:
        """Features (1, C, h, w) with a mean of 0 and a deviation of 1."""
        return (features - self.mean.to(features)[:, None, None]) / self.deviation.to(features)[:, None, None]


class Wish(ABC):
    """What is to grow at one layer; its `head`, if there is one, comes before anything is compared."""

    def __init__(self, head: Head | None, usual: Usual) -> None:
        self.head, self.usual = head, usual

    @property
    @abstractmethod
    def unit(self) -> float:
        """The activation that a place usually has."""

    @abstractmethod
    def activation(self, standard: Tensor) -> Tensor:
        """The activation of standardised features (1, C, h, w), summed over all places: a scalar."""

    @abstractmethod
    def direction(self, standard: Tensor) -> Tensor:
        """Where they are to go, of their shape; how far does not matter."""

    def seen(self, features: Tensor) -> Tensor:
        """A layer's features as they are compared."""
        return self.usual.standard(features if self.head is None else self.head(features))

    def pull(self, features: Tensor) -> Tensor:
        """Where the layer's own features (1, C, h, w) are to go, from every place equally hard."""
        direction = self.direction(self.seen(features))
        length = direction.norm(dim=1, keepdim=True) + FAINT * direction.shape[1] ** 0.5
        pull = direction / (length * self.usual.deviation.to(direction)[:, None, None])
        return pull if self.head is None else functional.conv2d(pull, self.head.weight.T[:, :, None, None])


class WholeLayer(Wish):
    """Whatever the layer sees: a = |z|^2 / 2."""

    @property
    def unit(self) -> float:
        """See `Wish`."""
        return len(self.usual.mean) / 2

    def activation(self, standard: Tensor) -> Tensor:
        """See `Wish`."""
        return standard.square().sum() / 2

    def direction(self, standard: Tensor) -> Tensor:
        """See `Wish`."""
        return standard


class Channels(Wish):
    """Some channels: a = sum max(z_c, 0)^2 / 2. Where they see nothing yet, they pull as well."""

    def __init__(self, head: Head | None, usual: Usual, numbers: tuple[int, ...]) -> None:
        super().__init__(head, usual)
        self.numbers = list(numbers)

    @property
    def unit(self) -> float:
        """See `Wish`."""
        return len(self.numbers) / 2

    def activation(self, standard: Tensor) -> Tensor:
        """See `Wish`."""
        return standard[:, self.numbers].clamp_min(0).square().sum() / 2

    def direction(self, standard: Tensor) -> Tensor:
        """See `Wish`."""
        found = torch.zeros_like(standard)
        found[:, self.numbers] = standard[:, self.numbers].clamp_min(0) + 1
        return found


class Guide(Wish):
    """Another picture: a = max z . y / |y|, over its places' standardised features y (K, C).

    Departure: google/deepdream leaves the lengths as they are, so that the guide's strongest place takes nearly all.
    """

    def __init__(self, head: Head | None, usual: Usual, places: Tensor) -> None:
        super().__init__(head, usual)
        self.places = functional.normalize(places, dim=1)

    @property
    def unit(self) -> float:
        """See `Wish`."""
        return float(len(self.usual.mean) ** 0.5)

    def activation(self, standard: Tensor) -> Tensor:
        """See `Wish`."""
        return self._matched(standard)[0].clamp_min(0).sum()

    def direction(self, standard: Tensor) -> Tensor:
        """See `Wish`."""
        nearest = self.places[self._matched(standard)[1]]
        return nearest.T.reshape(1, -1, *standard.shape[2:])

    def _matched(self, standard: Tensor) -> tuple[Tensor, Tensor]:
        """For each place the largest product with one of the guide's, and which one that is."""
        parts = [(part @ self.places.T).max(dim=1) for part in standard[0].flatten(1).T.split(AT_ONCE)]
        return torch.cat([part.values for part in parts]), torch.cat([part.indices for part in parts])


class DreamTerm(FeatureTerm):
    """The wishes of all layers, each times its weight; `places` says how many places a layer has.

    It is the smaller, the more there is of what is dreamt of.
    """

    name = "dream"

    def __init__(
        self,
        weights: Mapping[str, float],
        wishes: Mapping[str, Wish],
        places: Mapping[str, int],
        strides: Mapping[str, int],
    ) -> None:
        super().__init__(weights)
        self.wishes, self.places, self.strides = wishes, places, strides

    def gradient(self, view: View) -> tuple[dict[str, Tensor], float]:
        """See `FeatureTerm`."""
        found = {}
        for layer, wish in self.wishes.items():
            features = view.features[layer].detach()
            pull = wish.pull(wide(features)) * (-self.weights[layer] / self.places[layer])
            found[layer] = pull.to(features.dtype, memory_format=torch.channels_last)
        return found, self._value(view)

    def _value(self, view: View) -> float:
        total = 0.0
        for layer, wish in self.wishes.items():
            core = view.features[layer].detach()[(..., *view.tile.inner(self.strides[layer]))]
            share = self.weights[layer] / (self.places[layer] * wish.unit)
            total -= share * float(wish.activation(wish.seen(wide(core))))
        return total


def wide(features: Tensor) -> Tensor:
    """Features in float32 or better."""
    return features.to(torch.promote_types(features.dtype, torch.float32))
