"""The finest detail of a texture runs in all directions that the style's does, and not along the axes alone."""

import torch

from tests.transfer.conftest import strokes
from tests.transfer.textures import QUICK, made
from transfer.images import to_tensor


def along_the_axes(image: torch.Tensor) -> float:
    """The power of the finest detail, waves of 2 to 3 px, along the axes relative to that along the diagonals."""
    light = image[0].double().mean(0)
    power = torch.fft.fft2(light - light.mean()).abs().square()
    down, across = torch.meshgrid(*(torch.fft.fftfreq(side).abs() for side in light.shape), indexing="ij")
    length, angle = torch.hypot(down, across), torch.atan2(down, across).rad2deg()
    finest = (length > 0.33) & (length < 0.5)
    axes, diagonals = finest & ((angle < 12) | (angle > 78)), finest & ((angle - 45).abs() < 12)
    return float(power[axes].mean() / power[diagonals].mean())


def test_no_mesh_grows() -> None:
    found = made(QUICK.with_changes(image_size=96, num_iterations=40, wrap="both")).image
    assert along_the_axes(found) < 3 * along_the_axes(to_tensor(strokes(96, 96)))
