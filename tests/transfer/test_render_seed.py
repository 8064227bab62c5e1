import pytest
import torch

from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


@pytest.fixture
def paint(content, style, network):
    def painted(**fields):
        recipe = StyleRecipe(image_size=64, num_iterations=3, **fields)
        return list(render(StyleInputs(content, (style,)), recipe, network))[-1].image

    return painted


def test_the_same_seed_gives_the_same_picture(paint):
    assert torch.equal(paint(init="noise", seed=5), paint(init="noise", seed=5))


def test_another_seed_gives_another_picture(paint):
    assert not torch.equal(paint(init="noise", seed=5), paint(init="noise", seed=6))


def test_the_largest_seed_is_a_seed(paint):
    assert not torch.equal(paint(init="noise", seed=2**32 - 1), paint(init="noise", seed=0))


def test_the_seed_does_not_depend_on_what_was_drawn_before(paint):
    first = paint(init="noise", seed=5)
    torch.manual_seed(99)
    torch.rand(10)
    assert torch.equal(paint(init="noise", seed=5), first)


def test_a_render_leaves_the_global_random_numbers_alone(paint):
    before = torch.get_rng_state()
    paint(init="noise", seed=5)
    assert torch.equal(torch.get_rng_state(), before)


def test_starting_from_noise_is_not_starting_from_the_content(paint):
    assert not torch.equal(paint(init="noise"), paint(init="content"))
