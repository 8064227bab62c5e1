"""An instant picture in tiles is that of the whole, and memory that runs out makes the tiles smaller."""

import math

import pytest
import torch

from tests.transfer.instant import CPU, apart, inputs_of
from transfer.engine.step import result
from transfer.features.registry import BACKBONES
from transfer.images import to_tensor
from transfer.instant.decoders import load
from transfer.instant.goal import InstantGoal
from transfer.instant.metric import metric
from transfer.instant.painter import painter
from transfer.instant.passing import Pass
from transfer.instant.recipe import InstantRecipe
from transfer.instant.wanted import seen, wanted
from transfer.pausing import finish
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import GuidedImage

INNER = 36  # px of a tile's side without its margins


@pytest.fixture(scope="module", params=["lowest", "raising"])
def exact(exact_network, request):
    """The pass towards a texture by each decoder, in float64."""
    from tests.transfer.conftest import strokes

    into = metric(exact_network)
    style = finish(seen(exact_network, GuidedImage(to_tensor(strokes(80, 80)).double())))
    decoder = getattr(load().double(), request.param)
    return Pass(exact_network, decoder, into, wanted(into, [style], (1.0,)))


def small(passing):
    """The pixels of a tile that little is left of within its margins."""
    return (2 * passing.decoder.margin + INNER) ** 2


@pytest.mark.parametrize(("width", "height"), [(212, 164), (183, 129)])
def test_tiles_add_up_to_the_whole(exact, draw_content, width, height):
    picture = GuidedImage(to_tensor(draw_content(width, height)).double())
    whole, tiled = torch.empty_like(picture.image), torch.empty_like(picture.image)
    finish(exact.through(picture, whole))
    pauses = list(exact.through(picture, tiled, small(exact)))
    assert len(pauses) > 4
    assert float((whole - tiled).abs().max()) < 1e-9


def test_the_margin_is_just_enough(exact, draw_content, monkeypatch):
    picture = GuidedImage(to_tensor(draw_content(212, 164)).double())
    whole, tiled = torch.empty_like(picture.image), torch.empty_like(picture.image)
    finish(exact.through(picture, whole))
    tile = small(exact)
    monkeypatch.setattr(exact.decoder, "margin", exact.decoder.margin - 8)
    finish(exact.through(picture, tiled, tile))
    assert float((whole - tiled).abs().max()) > 1e-9


def test_the_share_that_is_done_grows_and_stays_below_one(exact, draw_content):
    picture = GuidedImage(to_tensor(draw_content(212, 164)).double())
    found = list(exact.through(picture, torch.empty_like(picture.image), small(exact)))
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1


class Short(InstantGoal):
    """A goal whose pass runs out of memory in tiles that are not small."""

    def objective(self, rung, layout, anchors):
        if layout.tile_pixels > 20_000:
            raise MemoryError
        return (yield from super().objective(rung, layout, anchors))


def test_memory_that_runs_out_makes_smaller_tiles(draw_content, draw_style, monkeypatch):
    inputs, recipe = inputs_of(draw_content(180, 132), draw_style(96, 96)), InstantRecipe(image_size=180)
    enough = result(painter(inputs, recipe, CPU).steps())
    monkeypatch.setattr("transfer.instant.painter.InstantGoal", Short)
    scarce = result(painter(inputs, recipe, CPU).steps())
    assert scarce.notes == ("Memory ran out at 128 px: painted in smaller tiles from there.",)
    assert apart(enough.image, scarce.image) < 0.005


def test_a_layout_in_little_memory_has_room_for_the_margins(draw_content, draw_style):
    network = BACKBONES["vgg19-lite"].load(()).frozen()
    recipe = InstantRecipe(image_size=1024)
    inputs = StyleInputs.of(inputs_of(draw_content(1024, 768), draw_style(96, 96)))
    goal = InstantGoal(inputs, recipe, network, load())
    from transfer.instant import planner

    least = planner.least_memory(recipe, {"content": [(1024, 768)], "style": [(96, 96)]}, 4)
    layout = goal.layout(goal.rungs[-1], least)
    assert goal.smallest_tile <= layout.tile_pixels < math.prod((1024, 768))
