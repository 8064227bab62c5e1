"""The pass and the iterations after it ask the same of a style: it is viewed once on each size."""

import pytest

from tests.transfer.instant import painted
from transfer.features.moments import moments
from transfer.features.registry import BACKBONES
from transfer.images import to_tensor
from transfer.tiling import tiles
from transfer.tiling.grid import grid


@pytest.fixture
def viewed(monkeypatch):
    """The (width, height) of each picture that is viewed, in order."""
    found = []

    class View(tiles.View):
        def __init__(self, network, picture, tile, differentiable=False):
            found.append(picture.size)
            super().__init__(network, picture, tile, differentiable)

    for module in ("style.targets", "style.textures"):
        monkeypatch.setattr(f"transfer.{module}.View", View)
    return found


@pytest.mark.parametrize("quality", ["instant", "quick"])
def test_a_style_is_viewed_once_on_each_size(viewed, draw_content, draw_style, quality):
    painted(draw_content(256, 160), draw_style(200, 200), image_size=256, quality=quality)
    assert [size for size in viewed if size[0] == size[1]] == [(128, 128), (200, 200)]


def test_moments_of_a_view_are_computed_once(monkeypatch, network, draw_style):
    computed = []

    def counted(features):
        computed.append(features.shape)
        return moments(features)

    monkeypatch.setattr(tiles, "moments", counted)
    picture = tiles.GuidedImage(to_tensor(draw_style(64, 64)))
    view = tiles.View(network, picture, grid(picture.size, 4, 16).tiles[0])
    for guided in (True, False):
        tiles.Statistics(BACKBONES["vgg19-lite"], ("relu1_1",), guided).add(view)
    assert len(computed) == 1
