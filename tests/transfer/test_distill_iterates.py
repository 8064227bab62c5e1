import pytest
import torch

from transfer.distill.corpus import Corpus
from transfer.distill.iterates import KEPT, SIDE, IteratePool
from transfer.features.vgg19_lite import VGG19Lite


@pytest.fixture(scope="module")
def pool(gallery_of_twelve):
    torch.manual_seed(0)
    made = IteratePool()
    made.refill(VGG19Lite().frozen(), Corpus(gallery_of_twelve), torch.Generator().manual_seed(0))
    return made


def test_a_render_leaves_several_different_pictures(pool):
    assert len(pool.pictures) > 1
    assert all(picture.shape == (3, SIDE, SIDE) and picture.dtype == torch.uint8 for picture in pool.pictures)
    assert all(not torch.equal(one, other) for one, other in zip(pool.pictures, pool.pictures[1:], strict=False))


def test_crops_of_iterates_have_the_side_asked_for_and_colours_in_range(pool):
    crop = pool.crop(32, torch.Generator().manual_seed(1))
    assert crop.shape == (1, 3, 32, 32)
    assert crop.min() >= 0
    assert crop.max() <= 1


def test_no_more_than_a_number_are_kept_and_those_the_latest():
    pool = IteratePool()
    for index in range(KEPT + 5):
        pool._keep(torch.full((1, 3, 4, 4), index / (KEPT + 5)))
    assert len(pool.pictures) == KEPT
    assert pool.pictures[-1].float().mean() > pool.pictures[0].float().mean() > 0
