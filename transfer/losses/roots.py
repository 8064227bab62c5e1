"""Inverse roots of several matrices by products alone: a GPU takes decompositions slowly, and cannot record them.

    Y <- Y h(Z Y),    Z <- h(Z Y) Z,    h(t) = a + b t + c t^2

From Y = X / |X| and Z = 1, Z becomes the inverse root of X / |X| (Higham 2008, "Functions of Matrices", section 6.3).
In that order alone it is stable. A step takes each singular value s of the root to s h(s^2), an odd polynomial, which
is chosen to bring all that there may be as close to 1 as one can (Amsel et al. 2025, "The Polar Express",
arXiv:2505.16932): 10 steps do where Newton and Schulz's h(t) = (3 - t) / 2 needs 29.
"""

import functools
import math
from collections.abc import Sequence

import numpy
import torch
from torch import Tensor
from torch.nn import functional

# Chosen: deviations of at least this part of the whole come out right; smaller ones count less and less.
SMALLEST, STEPS = 1e-5, 10
CLOSE = 5e-6  # bounds this close together need no search
SEARCHES = 200  # far more than it ever takes

Quintic = tuple[float, float, float]  # a, b, c


def inverse_roots(matrices: Sequence[Tensor], floors: Sequence[float]) -> list[tuple[Tensor, Tensor]]:
    """X^(-1/2) (n, n), and tr X^(1/2), of each of some covariances X (n, n), in float64.

    Where a variance is nothing, so is its inverse root; `floors`, one for each, are next to nothing. All come in one
    batch, and the host reads nothing.
    """
    side = max(map(len, matrices))
    given = torch.stack([functional.pad(each, (0, side - len(each)) * 2) for each in matrices])
    lengths = torch.stack([each.norm() + floor * side for each, floor in zip(given, floors, strict=True)])
    least = torch.stack([floor / length for floor, length in zip(floors, lengths, strict=True)])
    lengths = lengths[:, None, None]
    given = given / lengths
    root = given.clone()
    root.diagonal(dim1=1, dim2=2).add_(least[:, None])
    first, *others = quintics(SMALLEST, STEPS)
    inverse = step = _applied(first, root)
    for quintic in others:
        root = root @ step
        step = _applied(quintic, inverse @ root)
        inverse = step @ inverse
    # It is 1 where there is variance, and 0 elsewhere: on both sides of what it keeps, or rounding errors stay on one.
    varying = inverse @ given @ inverse
    inverse = varying @ inverse @ varying
    traces = (given * inverse).sum((1, 2), keepdim=True)
    found = zip(matrices, inverse / lengths.sqrt(), traces * lengths.sqrt(), strict=True)
    return [(each[: len(own), : len(own)], trace.squeeze()) for own, each, trace in found]


def _applied(quintic: Quintic, product: Tensor) -> Tensor:
    """h at matrices (L, n, n)."""
    a, b, c = quintic
    found = torch.baddbmm(product, product, product, beta=b, alpha=c)
    found.diagonal(dim1=1, dim2=2).add_(a)
    return found


@functools.cache
def quintics(smallest: float, steps: int) -> tuple[Quintic, ...]:
    """The a, b, c of as many steps for singular values from `smallest` to 1."""
    found, least, most = list[Quintic](), smallest, 1.0
    for _ in range(steps):
        quintic = _nearest_to_one(least, most)
        scale = 2 / (_at(quintic, least) + _at(quintic, most))  # errors to both sides are then equal
        a, b, c = (scale * each for each in quintic)
        found.append((a, b, c))
        least = _at((a, b, c), least)
        most = 2 - least
    return tuple(found)


def _nearest_to_one(least: float, most: float) -> Quintic:
    """The a, b, c for which a x + b x^3 + c x^5 is closest to 1 from `least` to `most`.

    Its error is largest, with alternating signs, at both ends and at its two extrema in between (Remez 1934).
    """
    if least / most > 1 - CLOSE:
        return 15 / 8 / most, -10 / 8 / most**3, 3 / 8 / most**5
    inner, error = ((3 * least + most) / 4, (least + 3 * most) / 4), math.inf
    for _ in range(SEARCHES):
        places = numpy.array([least, *inner, most])
        system = numpy.stack([places, places**3, places**5, numpy.array([1.0, -1.0, 1.0, -1.0])], axis=1)
        a, b, c, found = map(float, numpy.linalg.solve(system, numpy.ones(4)))
        middle = math.sqrt(9 * b * b - 20 * a * c)
        inner = (math.sqrt((-3 * b - middle) / (10 * c)), math.sqrt((-3 * b + middle) / (10 * c)))
        if abs(found - error) < 1e-15:
            break
        error = found
    return a, b, c


def _at(quintic: Quintic, place: float) -> float:
    a, b, c = quintic
    return a * place + b * place**3 + c * place**5
