"""A variation has the picture's patches, and is not the picture."""

import numpy
import pytest
import torch
from torch.nn import functional

from tests.transfer.variations import QUICK, islands, varied
from transfer.images import to_tensor
from transfer.pausing import finish
from transfer.variation.palette import Palette
from transfer.variation.source import Source
from transfer.variation.transport import Directions


def shares(pixels: numpy.ndarray) -> list[float]:
    """What part is nearest to each of the three colours."""
    colours = numpy.array([(30, 70, 160), (230, 210, 120), (50, 130, 60)])
    nearest = ((pixels[:, :, None].astype(float) - colours) ** 2).sum(3).argmin(2)
    return [float((nearest == index).mean()) for index in range(3)]


def to_nearest_patch(pixels: numpy.ndarray, picture: numpy.ndarray) -> float:
    """The mean distance of patches of 5 px to the nearest of the picture, a colour being from 0 to 1."""
    found, there = (
        functional.unfold(torch.from_numpy(each / 255).permute(2, 0, 1)[None], 5)[0].T for each in (pixels, picture)
    )
    return float(torch.cdist(found, there).min(1).values.mean() / 75**0.5)


@pytest.fixture(scope="module")
def picture() -> numpy.ndarray:
    return numpy.asarray(islands((64, 48)))


@pytest.mark.parametrize("method", ["both", "distribution", "nearest"])
def test_it_has_as_much_of_each_colour_as_the_picture(method: str, picture: numpy.ndarray) -> None:
    made = varied(QUICK.with_changes(method=method), islands())
    for own, wanted in zip(shares(made), shares(picture), strict=True):
        assert abs(own - wanted) < 0.12


def test_each_of_its_patches_is_near_to_one_of_the_picture_and_it_is_another_picture(picture: numpy.ndarray) -> None:
    made = varied(QUICK, islands())
    noise = numpy.random.default_rng(0).permutation(picture.reshape(-1, 3)).reshape(picture.shape)
    assert to_nearest_patch(made, picture) < 0.4 * to_nearest_patch(noise, picture)
    assert numpy.abs(made.astype(float) - picture).mean() > 20


def test_two_seeds_give_two_pictures_and_one_seed_gives_one() -> None:
    first, again, other = (varied(QUICK.with_changes(seed=seed), islands()) for seed in (1, 1, 2))
    assert (first == again).all()
    assert numpy.abs(first.astype(float) - other).mean() > 20


def test_transport_brings_distributions_together() -> None:
    palette = Palette(to_tensor(islands((64, 48))))
    source = Source(palette.compared(to_tensor(islands((64, 48)))), 5)
    drawn = torch.Generator().manual_seed(0)
    image, distances = torch.randn(source.image.shape, generator=drawn) * source.image.std(), []
    for _ in range(20):
        image, distance = finish(Directions(source, 16, drawn).transported(image, 1.0))
        distances.append(distance)
    assert distances[-1] < 0.5 * distances[0]


def test_transport_leaves_the_picture_itself_where_it_is() -> None:
    palette = Palette(to_tensor(islands((64, 48))))
    source = Source(palette.compared(to_tensor(islands((64, 48)))), 5)
    directions = Directions(source, 16, torch.Generator().manual_seed(0))
    moved, distance = finish(directions.transported(source.image, 1.0))
    assert distance < 1e-4
    assert torch.allclose(moved, source.image, atol=1e-3)
