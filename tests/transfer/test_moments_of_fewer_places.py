"""Where a pass is large, moments of a part of the places stand for those of all."""

import pytest
import torch

from transfer.features.registry import BACKBONES
from transfer.images import to_tensor
from transfer.losses.wasserstein import WassersteinTarget
from transfer.tiling.grid import grid
from transfer.tiling.tiles import GuidedImage, Statistics, View

BACKBONE = BACKBONES["vgg19-lite"]
LAYERS = BACKBONE.style_layers


@pytest.fixture
def found(exact_network, draw_content):
    """The moments at each layer, by how far places are apart, the pixels of a tile, and the picture's size."""

    def moments(apart, tile_pixels=None, size=(180, 132)):
        picture = GuidedImage(to_tensor(draw_content(*size)).double())
        statistics, field = Statistics(BACKBONE, LAYERS, apart=apart), BACKBONE.field(LAYERS)
        for tile in grid(picture.size, field.stride, field.feature_margin, tile_pixels).tiles:
            statistics.add(View(exact_network, picture, tile))
        return {layer: statistics.moments(layer)[0] for layer in LAYERS}

    return moments


@pytest.mark.parametrize("apart", [2, 3])
def test_which_places_count_does_not_depend_on_the_tiles(found, apart):
    whole, tiled = found(apart), found(apart, 80 * 80)
    for layer in LAYERS:
        torch.testing.assert_close(whole[layer].covariance, tiled[layer].covariance, atol=1e-9, rtol=1e-9)
        torch.testing.assert_close(whole[layer].mean, tiled[layer].mean, atol=1e-9, rtol=1e-9)


def test_in_a_large_picture_they_are_close_to_those_of_all_places(found):
    every, few = (found(apart, size=(512, 384)) for apart in (1, 2))
    for layer in LAYERS:
        assert 0 < WassersteinTarget(every[layer]).distance(few[layer]) < 0.02


@pytest.mark.parametrize("across", [(1, 0), (0, 1), (1, 1)])
def test_no_fine_pattern_is_missed(exact_network, across):
    rows, columns = torch.meshgrid(torch.arange(256), torch.arange(256), indexing="ij")
    pattern = ((across[0] * rows + across[1] * columns) % 2).double().expand(1, 3, -1, -1)
    view = View(exact_network, GuidedImage(pattern), grid((256, 256), 4, 16).tiles[0])
    found = []
    for apart in (1, 2):
        statistics = Statistics(BACKBONE, ("relu1_1",), apart=apart)
        statistics.add(view)
        found.append(statistics.moments("relu1_1")[0])
    assert WassersteinTarget(found[0]).distance(found[1]) < 0.03
