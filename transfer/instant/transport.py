"""The optimal map from one Gaussian to another: features of a content picture become those of a style.

Of all maps from N(m, C) to N(m*, C*), the one that moves features least is affine and symmetric (Lu et al. 2019, "A
Closed-form Solution to Universal Style Transfer", arXiv:1906.00668, theorem 1):

    A (f - m) + m*,   A = R (R C R)^-1/2 R,   R = C*^1/2

Since it is unique, it changes smoothly when a picture does.
"""

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

from transfer.features.moments import Moments
from transfer.features.network import Head

RIDGE = 1e-3  # of a covariance's mean variance, added to it, so that what hardly varies is not blown up
ROUNDING = 1e-6  # of features' mean square, added besides: covariances of flat pictures are nothing but rounding
LEAST = 1e-12  # of its largest, to which a matrix's eigenvalues are raised


@dataclass(frozen=True)
class Affine:
    """The map f -> matrix f + offset, of shapes (C, C) and (C), in float64."""

    matrix: Tensor
    offset: Tensor

    def after(self, head: Head) -> Self:
        """The map that applies `head`, which has no bias, then this one."""
        return type(self)(self.matrix @ head.weight, self.offset)


@dataclass(frozen=True)
class Destination:
    """A Gaussian to which features are moved, in float64: its moments, and R, the root of its covariance."""

    moments: Moments
    root: Tensor

    @classmethod
    def of(cls, moments: Moments) -> Self:
        """The Gaussian with these moments."""
        found = moments.double()
        return cls(found, _power(_regular(found), 0.5))

    def way_from(self, found: Moments, moved: float = 1.0) -> Affine:
        """The optimal map from the Gaussian with moments `found`; with `moved` below 1, only so far of the way."""
        start, end = found.double(), self.moments
        matrix = self.root @ _power(self.root @ _regular(start) @ self.root, -0.5) @ self.root
        matrix = torch.lerp(torch.eye(len(matrix), dtype=matrix.dtype, device=matrix.device), matrix, moved)
        return Affine(matrix, torch.lerp(start.mean, end.mean, moved) - matrix @ start.mean)


def transport(found: Moments, wanted: Moments, moved: float = 1.0) -> Affine:
    """The optimal map between Gaussians with these moments; see `Destination.way_from`."""
    return Destination.of(wanted).way_from(found, moved)


def _regular(found: Moments) -> Tensor:
    covariance, channels = found.covariance, len(found.mean)
    ridge = RIDGE * found.variance.clamp_min(0) / channels + ROUNDING * found.second.diagonal().sum().clamp_min(1e-6)
    return covariance + ridge * torch.eye(channels, dtype=covariance.dtype, device=covariance.device)


def _power(matrix: Tensor, exponent: float) -> Tensor:
    """Of a symmetric positive definite matrix."""
    values, vectors = torch.linalg.eigh((matrix + matrix.mT) / 2)
    power: Tensor = (vectors * values.clamp_min(LEAST * float(values.max())) ** exponent) @ vectors.mT
    return power
