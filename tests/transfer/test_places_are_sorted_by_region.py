import pytest
import torch

from transfer.tiling.guides import at_stride
from transfer.tiling.places import Places


@pytest.fixture
def shares():
    """Three regions of 8 x 6 places: hard at one border, soft at the other."""
    labels = torch.zeros(3, 24, 32, dtype=torch.uint8)
    labels[0, :, :8], labels[1, :, 8:18], labels[2, :, 18:] = 255, 255, 255
    return at_stride(labels, 4, torch.float64)


@pytest.fixture
def features():
    return torch.rand(1, 5, 6, 8, generator=torch.Generator().manual_seed(1), dtype=torch.float64)


def test_each_region_has_the_places_that_are_its_own(shares, features):
    inside, border = Places(shares).sorted(features)
    for own, region in zip(inside, shares, strict=True):
        assert torch.equal(own, features[0, :, region == 1].T)
    assert len(border) == 6


def test_what_is_taken_apart_is_put_back_where_it_was(shares, features):
    places = Places(shares)
    assert torch.equal(places.put_back(*places.sorted(features), features), features)


def test_regions_that_lie_everywhere_share_all_places(shares, features):
    everywhere = torch.cat([shares, torch.ones_like(shares[:1])])
    inside, border = Places(everywhere).sorted(features)
    assert not any(map(len, inside))
    assert len(border) == 48


def test_a_place_of_no_region_counts_for_none(shares, features):
    shares[:, 0, 0] = 0
    places = Places(shares)
    inside, rest = places.sorted(features)
    assert sum(map(len, inside)) + len(rest) == 48
    assert {int(place) for border in places.borders for place in border.index} == set(range(1, len(rest)))
