import pytest
import torch

from transfer.losses.tv import total_variation


def diagonal(period, repeats):
    """A random texture that repeats along both sides and ends where it began: each step of it occurs equally often."""
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
