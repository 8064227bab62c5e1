import pytest
import torch

from transfer.engine.average import IterateAverage


@pytest.fixture
def iterates():
    generator = torch.Generator().manual_seed(0)
    return [torch.rand(1, 3, 4, 5, generator=generator) for _ in range(12)]


@pytest.mark.parametrize("iterations", [1, 2, 10, 150, 2000])
def test_the_average_of_equal_iterates_is_that_iterate_from_the_first_on(iterations):
    average = IterateAverage(torch.zeros(1, 3, 4, 5), iterations)
    for _ in range(min(iterations, 20)):
        average.add(torch.full((1, 3, 4, 5), 0.7))
        assert torch.allclose(average.image, torch.tensor(0.7))


def test_after_one_iterate_the_average_is_that_iterate(iterates):
    average = IterateAverage(iterates[0], 100)
    average.add(iterates[1])
    assert torch.allclose(average.image, iterates[1])


@pytest.mark.parametrize("iterations", [2, 12, 200])
def test_it_is_a_weighted_mean_in_which_later_iterates_count_more(iterates, iterations):
    average = IterateAverage(iterates[0], iterations)
    for image in iterates:
        average.add(image)
    weights = torch.tensor([average.decay ** (len(iterates) - index) for index in range(len(iterates))])
    expected = sum(weight * image for weight, image in zip(weights / weights.sum(), iterates, strict=True))
    assert 0 < average.decay < 1
    assert torch.allclose(average.image, expected, atol=1e-6)


def test_it_is_steadier_than_the_iterates(iterates):
    average = IterateAverage(iterates[0], 200)
    for image in iterates:
        average.add(image)
    assert average.image.std() < 0.6 * iterates[-1].std()


def test_short_rungs_forget_faster():
    decays = [IterateAverage(torch.zeros(1), iterations).decay for iterations in (1, 20, 60, 150)]
    assert decays == sorted(decays)


def test_an_average_taken_earlier_does_not_change_later(iterates):
    average = IterateAverage(iterates[0], 20)
    average.add(iterates[0])
    taken = average.image
    before = taken.clone()
    average.add(iterates[1])
    assert torch.equal(taken, before)


def test_no_gradient_hangs_on_it(iterates):
    average = IterateAverage(iterates[0], 20)
    average.add(iterates[0].clone().requires_grad_())
    assert not average.image.requires_grad
