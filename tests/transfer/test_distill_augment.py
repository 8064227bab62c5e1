import pytest
import torch

from transfer.distill.augment import disturbed, nearby


@pytest.fixture
def batch():
    return torch.rand(16, 3, 24, 24, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("change", [disturbed, nearby])
def test_crops_stay_pictures_of_the_same_size(batch, change):
    found = change(batch, torch.Generator().manual_seed(1))
    assert found.shape == batch.shape
    assert found.min() >= 0
    assert found.max() <= 1
    assert not torch.equal(found, batch)


@pytest.mark.parametrize("change", [disturbed, nearby])
def test_the_same_generator_gives_the_same_change(batch, change):
    first, second = (change(batch, torch.Generator().manual_seed(1)) for _ in range(2))
    other = change(batch, torch.Generator().manual_seed(2))
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_some_crops_are_left_as_they_are(batch):
    generator = torch.Generator().manual_seed(1)
    unchanged = sum(
        int(torch.equal(before, after))
        for _ in range(10)
        for before, after in zip(batch, disturbed(batch, generator), strict=True)
    )
    assert 0 < unchanged < 160


def test_a_neighbour_is_near(batch):
    far = (batch - batch.roll(1, 0)).square().mean()
    assert (nearby(batch, torch.Generator().manual_seed(1)) - batch).square().mean() < 0.3 * far
