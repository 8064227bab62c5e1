"""What wraps is resized as a part of an endless picture: as the middle of nine of it would be."""

import numpy
import pytest
import torch
from PIL import Image
from torch.nn import functional

from tests.transfer.conftest import strokes
from transfer.engine.optimisers import Momentum, PixelAdam
from transfer.tiling.around import along, part_of, resized, scaled
from transfer.tiling.wrap import NOWHERE, Wrap

BOTH = Wrap(True, True)


def noise(height: int, width: int) -> torch.Tensor:
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def bicubic(image: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    return functional.interpolate(image, size, mode="bicubic", align_corners=False)


def averaged(image: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    return functional.interpolate(image, size, mode="bilinear", antialias=True, align_corners=False)


@pytest.mark.parametrize(
    ("resize", "size"), [(bicubic, (64, 92)), (bicubic, (46, 65)), (averaged, (20, 16)), (averaged, (32, 64))]
)
def test_it_is_the_middle_of_nine(resize, size) -> None:
    image = noise(32, 64)
    found = resized(image, size, resize, BOTH)
    nine = resize(image.repeat(1, 1, 3, 3), (3 * size[0], 3 * size[1]))
    assert found.shape[2:] == size
    assert torch.allclose(found, nine[..., size[0] : 2 * size[0], size[1] : 2 * size[1]], atol=1e-12)
    assert not torch.allclose(found, resize(image, size), atol=1e-3) or size == (32, 64)


def test_only_sides_that_wrap_are_touched() -> None:
    image = noise(32, 64)
    across, flat = resized(image, (48, 96), bicubic, Wrap(x=True)), bicubic(image, (48, 96))
    assert torch.allclose(across[..., 12:-12], flat[..., 12:-12], atol=1e-12)
    assert not torch.allclose(across[..., 0], flat[..., 0], atol=1e-3)
    assert torch.equal(resized(image, (48, 96), bicubic, NOWHERE), flat)


def test_a_side_shorter_than_the_filter_is_gone_around_more_than_once() -> None:
    image = noise(2, 16)
    found = resized(image, (3, 24), bicubic, BOTH, reach=8)
    assert torch.allclose(found, bicubic(image.repeat(1, 1, 9, 3), (27, 72))[..., 12:15, 24:48], atol=1e-12)


def test_parts_beyond_a_side_are_those_of_the_opposite_one() -> None:
    image = noise(8, 12)
    nine = image.repeat(1, 1, 3, 3)
    assert torch.equal(part_of(image, slice(-3, 10), slice(-12, 13)), nine[..., 5:18, 0:25])
    assert torch.equal(along(image, 3, -2, 5), nine[..., :8, 10:17])
    assert part_of(image, slice(1, 4), slice(0, 12)).data_ptr() == image[..., 1:4, :].data_ptr()


def test_a_picture_is_scaled_around_as_well() -> None:
    picture = strokes(60, 40)
    nine = numpy.asarray(scaled(Image.fromarray(numpy.tile(numpy.asarray(picture), (3, 3, 1))), (90, 60), NOWHERE))
    found = numpy.asarray(scaled(picture, (30, 20), BOTH))
    assert numpy.array_equal(found, nine[20:40, 30:60])
    assert not numpy.array_equal(found, numpy.asarray(scaled(picture, (30, 20), NOWHERE)))


def test_momentum_goes_around_too() -> None:
    below = Momentum(noise(16, 24), noise(16, 24).square(), 7)
    moved = Momentum(below.first.roll((8, 8), (2, 3)), below.second.roll((8, 8), (2, 3)), 7)
    start = noise(32, 48)
    one, other = (PixelAdam(start, 0.01, each, BOTH) for each in (below, moved))
    assert torch.allclose(one.first.roll((16, 16), (2, 3)), other.first, atol=1e-12)
    assert torch.allclose(one.second.roll((16, 16), (2, 3)), other.second, atol=1e-12)
