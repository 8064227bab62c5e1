"""GPDM's own program (Elnekave and Weiss 2022, github.com/ariel415el/GPDM, MIT), run for comparison.

It minimises the same with the same defaults, but torch's sort takes most of its time on a CPU. So its rows are sorted
by NumPy there, which uses AVX-512 where there is some, and gives the same order.
"""

import hashlib
import pkgutil
import sys
import types
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import numpy
import torch
from PIL import Image
from torch import Tensor

from transfer.features.torchvision_import import torchvision_models
from transfer.images import scaled, to_picture


def gpdm(
    folder: Path, kept: Path | None = None, device: str = "cpu", least: int = 21
) -> Callable[[Image.Image, int], Image.Image]:
    """What makes a variation of a picture by a seed, as the first command of its README does, from a checkout.

    With `kept`, pictures are put away there, and taken from there. `least` is the height in pixels that it starts from.
    """
    generate, loss, scales = _loaded(folder)

    def vary(picture: Image.Image, seed: int) -> Image.Image:
        torch.manual_seed(seed)
        source = scaled(picture, picture.size) * 2 - 1
        with mock.patch.object(torch, "sort", _sort) if device == "cpu" else nullcontext():
            made, _ = generate(
                source,
                loss(patch_size=7, stride=1, num_proj=64, c=3),
                pyramid_scales=scales(source.shape[2], least, 0.85),
                additive_noise_sigma=1.5,
                device=device,
            )
        return to_picture((made + 1) / 2)

    return vary if kept is None else lambda picture, seed: _kept(kept / f"{least}", vary, picture, seed)


def _loaded(folder: Path) -> tuple[Any, Any, Any]:
    """Its functions. It plots by a library that is not needed here."""
    torchvision_models()
    for name in ("matplotlib", "matplotlib.pyplot"):
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"]  # type: ignore[attr-defined]
    sys.path.insert(0, str(folder))
    generate, loss, scales = map(
        pkgutil.resolve_name, ("GPDM:generate", "patch_swd:PatchSWDLoss", "utils:get_pyramid_scales")
    )
    return generate, loss, scales


def _kept(
    folder: Path, vary: Callable[[Image.Image, int], Image.Image], picture: Image.Image, seed: int
) -> Image.Image:
    path = folder / f"{hashlib.sha256(picture.tobytes()).hexdigest()[:12]}-{seed}.png"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        vary(picture, seed).save(path)
    with Image.open(path) as found:
        return found.convert("RGB")


class _Sorted(torch.autograd.Function):
    """Rows (N, M) sorted, and where each value was."""

    @staticmethod
    def forward(ctx: Any, values: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        """See `torch.autograd.Function`."""
        order = torch.from_numpy(numpy.argsort(values.detach().numpy(), axis=1))
        ctx.mark_non_differentiable(order)
        ctx.save_for_backward(order)
        return values.gather(1, order), order

    @staticmethod
    def backward(ctx: Any, gradient: Tensor, _: Tensor) -> Tensor:  # type: ignore[override]
        """See `torch.autograd.Function`."""
        (order,) = ctx.saved_tensors
        return torch.zeros_like(gradient).scatter_(1, order, gradient)


def _sort(values: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """As `torch.sort` along the rows of a table."""
    if not values.requires_grad:
        return torch.from_numpy(numpy.sort(values.numpy(), axis=1)), torch.empty(0)
    found: tuple[Tensor, Tensor] = _Sorted.apply(values)  # type: ignore[no-untyped-call]
    return found
