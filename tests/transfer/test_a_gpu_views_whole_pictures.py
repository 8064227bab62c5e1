"""What fits into half of a GPU's memory is viewed as a whole; without one, tiles are small enough to pause between."""

import torch

from transfer import devices
from transfer.engine.ladder import rungs
from transfer.planning.planner import LARGEST_TILE, layout
from transfer.recipes.style import StyleRecipe

RECIPE = StyleRecipe(image_size=4096)
LAST, SIZE, GIB = rungs(RECIPE)[-1], (4096, 3072), 2**30


def tile(on_gpu, memory=None):
    return layout(RECIPE, LAST, SIZE, 2, memory, on_gpu).tile_pixels


def test_without_a_gpu_no_tile_is_larger_than_others_can_wait_for():
    assert tile(None) == LARGEST_TILE[RECIPE.backbone]


def test_a_large_gpu_views_all_of_a_picture():
    assert tile(40 * GIB) >= SIZE[0] * SIZE[1]


def test_a_small_one_views_as_much_as_it_has_room_for_and_at_least_what_a_processor_does():
    assert tile(None) < tile(4 * GIB) < SIZE[0] * SIZE[1]
    assert tile(GIB // 8) == tile(None)


def test_the_memory_that_is_allowed_bounds_it_all_the_same():
    assert tile(40 * GIB, 3 * GIB) == tile(None, 3 * GIB)


def test_a_processor_has_no_memory_of_its_own():
    assert devices.memory(torch.device("cpu")) is None
