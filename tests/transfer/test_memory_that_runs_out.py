"""A render that runs out of memory continues with smaller tiles.

This needs no GPU: the network is a double of the one that ships with the project. It does the same, but reports that it
ran out of memory if a picture has too many pixels.
"""

import pytest
import torch

from tests.transfer.conftest import iterations
from transfer.engine.layout import Layout
from transfer.errors import RenderError
from transfer.features.registry import BACKBONES
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

RECIPE = StyleRecipe(image_size=128, num_iterations=4, init="content")
FIELD = BACKBONES["vgg19-lite"].field(RECIPE.layers)


@pytest.fixture(autouse=True)
def one_tile(monkeypatch):
    """Behaves as if the amount of memory were unknown."""
    monkeypatch.setattr("transfer.style.goal.layout", lambda *_: Layout(1_000_000, True, 10))


@pytest.fixture
def short_of_memory():
    def made(pixels, from_visit=0, error=torch.OutOfMemoryError, dtype=torch.float32):
        network = BACKBONES["vgg19-lite"].load(()).frozen(dtype)
        whole, visits = network.forward, []

        def forward(image):
            visits.append(image.shape[2] * image.shape[3])
            if visits[-1] > pixels and len(visits) > from_visit:
                raise error("memory has run out")
            return whole(image)

        network.forward, network.visits = forward, visits
        return network

    return made


@pytest.fixture
def paint(content, style):
    def painted(network, recipe=RECIPE):
        return [(step, step.image) for step in iterations(StyleInputs(content, (style,)), recipe, network)]

    return painted


@pytest.mark.parametrize("optimizer", ["adam", "lbfgs"])
@pytest.mark.parametrize("from_visit", [0, 1, 4], ids=["at_once", "at_the_start", "on_the_way"])
def test_the_render_ends_in_smaller_tiles_hardly_different(paint, short_of_memory, from_visit, optimizer):
    recipe = RECIPE.model_copy(update={"optimizer": optimizer})
    exact = {"dtype": torch.float64}  # L-BFGS makes much of rounding
    networks = short_of_memory(1_000_000, **exact), short_of_memory(7000, from_visit, **exact)
    untroubled, troubled = (paint(each, recipe) for each in networks)
    assert [step.number for step, _ in troubled] == [1, 2, 3, 4]
    assert [step.fraction for step, _ in troubled] == [step.fraction for step, _ in untroubled]
    for (step, image), (other, wanted) in zip(troubled, untroubled, strict=True):
        assert step.losses == pytest.approx(other.losses, rel=1e-5)
        assert (image - wanted).abs().mean() < 1e-5


def test_a_note_says_so_in_a_sentence_once_it_has_happened(paint, short_of_memory):
    steps = [step for step, _ in paint(short_of_memory(7000, 4))]
    assert steps[0].notes == ()
    (note,) = steps[-1].notes
    assert note == "Memory ran out at 128 px: painted in smaller tiles from there."


def test_tiles_become_no_smaller_than_they_must(paint, short_of_memory):
    network = short_of_memory(7000)
    paint(network)
    assert max(pixels for pixels in network.visits if pixels <= 7000) > 3500


def test_what_was_learnt_on_a_rung_is_known_on_the_next(paint, short_of_memory):
    steps = [step for step, _ in paint(short_of_memory(9000, 4), RECIPE.model_copy(update={"image_size": 150}))]
    assert steps[-1].ends_render
    assert 1 <= len(steps[-1].notes) <= 2


@pytest.mark.parametrize("pixels", [2000, 0])
def test_where_the_smallest_tile_is_too_large_it_gives_up_with_a_sentence(paint, short_of_memory, pixels):
    with pytest.raises(RenderError, match=r"^There is not enough memory for 128 px: choose a smaller size\.$"):
        paint(short_of_memory(pixels))


@pytest.mark.parametrize(
    "error",
    [MemoryError, lambda _: RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried ...")],
    ids=["python", "torch"],
)
def test_the_memory_of_the_cpu_is_memory_too(paint, short_of_memory, error):
    assert paint(short_of_memory(7000, error=error))[-1][0].notes


def test_any_other_error_is_not_taken_for_it(paint, short_of_memory):
    with pytest.raises(RuntimeError, match="memory has run out"):
        paint(short_of_memory(7000, error=RuntimeError))


@pytest.mark.parametrize("image_size", [80, 81, 82, 83])
def test_every_size_can_be_painted_in_the_smallest_tiles(paint, network, monkeypatch, image_size):
    """Including sides that the stride does not divide."""
    smallest = FIELD.smallest_tile(FIELD.gradient_margin)
    monkeypatch.setattr("transfer.style.goal.layout", lambda *_: Layout(smallest, True, 10))
    assert paint(network, StyleRecipe(image_size=image_size, num_iterations=1, init="content"))[-1][0].ends_render


def test_it_gives_up_only_where_the_smallest_tile_is_too_large(paint, short_of_memory):
    """128 x 96 px halved twice is 3072 pixels; halved three times it is less than the smallest tile, which does fit."""
    smallest = FIELD.smallest_tile(FIELD.gradient_margin)
    recipe = RECIPE.model_copy(update={"num_iterations": 1})
    assert paint(short_of_memory(smallest + 4), recipe)[-1][0].ends_render
