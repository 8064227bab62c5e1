import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from transfer.losses.tv import add_gradient, total_variation
from transfer.tiling.grid import grid


def diagonal(period, repeats):
    """A random texture that repeats along both sides and ends where it began, so its steps are equally frequent."""
    shades = torch.rand(3, period, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    places = torch.arange(period * repeats + 1)
    return shades[:, (places[:, None] + places) % period][None]


def test_a_flat_picture_has_none():
    assert total_variation(torch.full((1, 3, 8, 9), 0.7)) == 0


def test_any_other_picture_has_some():
    assert total_variation(torch.rand(1, 3, 8, 9)) > 0


def test_a_ramp_has_the_square_of_its_slope():
    ramp = torch.linspace(0, 1, 11, dtype=torch.float64).expand(1, 3, 6, 11)
    assert float(total_variation(ramp)) == pytest.approx(0.01)
    assert float(total_variation(ramp.transpose(2, 3))) == pytest.approx(0.01)


@pytest.mark.parametrize("repeats", [2, 3, 5])
def test_tiling_a_picture_does_not_change_it(repeats):
    assert torch.allclose(total_variation(diagonal(7, repeats)), total_variation(diagonal(7, 1)))


def test_a_checkerboard_of_any_size_has_the_same():
    small, large = ((torch.arange(side)[:, None] + torch.arange(side)) % 2 for side in (4, 64))
    values = [float(total_variation(board.expand(1, 3, *board.shape).double())) for board in (small, large)]
    assert values == [pytest.approx(2)] * 2


def test_turning_or_mirroring_a_picture_does_not_change_it():
    image = torch.rand(1, 3, 8, 9, dtype=torch.float64)
    for turned in (image.transpose(2, 3), image.flip(2), image.flip(3)):
        assert torch.allclose(total_variation(turned), total_variation(image))


def test_noise_has_more_than_the_same_values_in_order():
    noise = torch.rand(1, 1, 12, 12)
    assert total_variation(noise) > 5 * total_variation(noise.flatten().sort().values.view(1, 1, 12, 12))


def test_the_gradient_agrees_with_finite_differences():
    assert torch.autograd.gradcheck(total_variation, torch.rand(1, 3, 4, 5, dtype=torch.float64, requires_grad=True))


def in_parts(image, tiles, weight, of_hue=False):
    """The sum of the parts: value and gradient."""
    gradient = torch.zeros_like(image)
    value = sum(add_gradient(image, tile.rows, tile.columns, weight, gradient, of_hue=of_hue) for tile in tiles)
    return float(value), gradient


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 23), st.integers(2, 23), st.sampled_from((1, 2, 4)), st.integers(1, 400), st.floats(0, 9))
def test_the_gradients_of_all_parts_of_any_cut_are_that_of_the_whole(width, height, stride, room, weight):
    stride = min(stride, width, height)
    image = torch.rand(1, 3, height, width, dtype=torch.float64, requires_grad=True)
    wanted = weight * total_variation(image)
    (expected,) = torch.autograd.grad(wanted, image)
    tiles = grid((width, height), stride, 0, max((2 * stride - 1) ** 2, room)).tiles
    value, gradient = in_parts(image.detach(), tiles, weight)
    assert value == pytest.approx(float(wanted.detach()), rel=1e-12)
    assert torch.allclose(gradient, expected, rtol=1e-9, atol=1e-15)


def test_that_of_hue_leaves_lightness_out() -> None:
    image = torch.rand(1, 3, 12, 11, dtype=torch.float64, requires_grad=True)
    wanted = total_variation(image - image.mean(1, keepdim=True))
    (expected,) = torch.autograd.grad(wanted, image)
    value, gradient = in_parts(image.detach(), grid((11, 12), 1, 0, 30).tiles, 1.0, of_hue=True)
    assert value == pytest.approx(float(wanted.detach()), rel=1e-12)
    assert torch.allclose(gradient, expected, rtol=1e-9, atol=1e-15)


def test_a_gradient_is_added_to_what_is_there_and_only_within_its_part():
    image = torch.rand(1, 3, 9, 8)
    before = torch.rand(1, 3, 9, 8)
    gradient = before.clone()
    add_gradient(image, (2, 5), (3, 8), 1.0, gradient)
    inside = torch.zeros(9, 8, dtype=torch.bool)
    inside[2:5, 3:8] = True
    assert torch.equal(gradient[..., ~inside], before[..., ~inside])
    whole = before.clone()
    add_gradient(image, (0, 9), (0, 8), 1.0, whole)
    assert torch.allclose(gradient[..., inside], whole[..., inside])


@pytest.mark.parametrize("shape", [(1, 9), (9, 1), (1, 1)])
def test_a_picture_one_pixel_wide_has_a_finite_gradient(shape):
    gradient = torch.zeros(1, 3, *shape)
    assert add_gradient(torch.rand(1, 3, *shape), (0, shape[0]), (0, shape[1]), 1.0, gradient) >= 0
    assert gradient.isfinite().all()
