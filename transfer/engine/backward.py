"""From gradients at features back to the pixels."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor


def carried_back(outputs: Sequence[Tensor], gradients: Sequence[Tensor], pixels: Tensor) -> Tensor:
    """The gradient at `pixels` of whatever has these `gradients` at these `outputs`, which depend on the pixels.

    The same as `torch.autograd.grad(outputs, pixels, gradients)`, which loads SymPy when it is given gradients for the
    first time: 0.4 s of every process that paints.
    """
    number: Tensor = _Given.apply(gradients, *outputs)  # type: ignore[no-untyped-call]
    (found,) = torch.autograd.grad(number, pixels)
    return found


class _Given(torch.autograd.Function):
    """A number whose gradients at the outputs are given."""

    @staticmethod
    def forward(ctx: Any, gradients: Sequence[Tensor], *outputs: Tensor) -> Tensor:
        """0, whatever the outputs are: only its gradient matters."""
        ctx.gradients = gradients
        return outputs[0].new_zeros(())

    @staticmethod
    def backward(ctx: Any, *_: Tensor) -> Any:
        """Those that were given."""
        return None, *ctx.gradients
