import pytest
import torch

from tests.transfer.conftest import measured, objective_of
from transfer.features.registry import BACKBONES
from transfer.images import scaled
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import GuidedImage


@pytest.fixture(scope="module")
def coarse():
    """The network that ships with the project, in bfloat16."""
    backbone = BACKBONES["vgg19-lite"]
    return backbone.load(backbone.layers).frozen(torch.bfloat16)


@pytest.fixture
def paint(content, style):
    def painted(network, **fields):
        recipe = StyleRecipe(**{"image_size": 64, "num_iterations": 12} | fields)
        return list(render(StyleInputs(content, (style,)), recipe, network))[-1].image

    return painted


def test_features_are_in_bfloat16_and_heads_are_not(coarse, network):
    image = torch.rand(1, 3, 32, 48)
    found, wanted = coarse(image), network(image)
    for layer in wanted:
        assert found[layer].dtype == torch.bfloat16
        assert coarse.heads[layer].weight.dtype == torch.float32
        assert (found[layer].float() - wanted[layer]).norm() < 0.02 * wanted[layer].norm()


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_the_losses_at_a_picture_are_nearly_those_of_float32(coarse, network, content, style, style_loss):
    recipe = StyleRecipe(style_loss=style_loss)
    seen = GuidedImage(scaled(content, (64, 48))), [GuidedImage(scaled(style, (64, 64)))]
    image = (seen[0].image + 0.1 * torch.randn(1, 3, 48, 64)).clamp(0, 1)
    here, there = (measured(objective_of(each, recipe, *seen), image)[0].values() for each in (coarse, network))
    assert here == pytest.approx(there, rel=0.02)


@pytest.mark.parametrize("way", [{}, {"style_loss": "gram"}], ids=str)
def test_a_picture_differs_little_from_that_of_float32(coarse, network, paint, content, way):
    here, there = paint(coarse, **way), paint(network, **way)
    start = scaled(content, (there.shape[3], there.shape[2]))
    assert here.dtype == torch.float32
    # Single pixels may differ, since rounding affects Adam's steps, and more of them with every rung; how good
    # the picture is, the next test says.
    assert 0 < (here - there).abs().mean() < 0.4 * (there - start).abs().mean()


def test_the_result_is_as_good_by_the_measure_of_float32(coarse, network, paint, content, style):
    recipe = StyleRecipe(image_size=64)
    seen = GuidedImage(scaled(content, (64, 48))), [GuidedImage(scaled(style, (64, 64)))]
    objective = objective_of(network, recipe, *seen)
    here, there = (measured(objective, paint(each, num_iterations=25))[0].total for each in (coarse, network))
    assert here == pytest.approx(there, rel=0.1)


@pytest.mark.parametrize("way", [{}, {"init": "noise", "seed": 5}], ids=str)
def test_the_same_seed_gives_the_same_picture_twice(coarse, paint, way):
    assert torch.equal(paint(coarse, **way), paint(coarse, **way))


def test_another_seed_gives_another_picture(coarse, paint):
    one, other = (paint(coarse, init="noise", seed=seed, num_iterations=2) for seed in (5, 6))
    assert not torch.equal(one, other)


@pytest.mark.parametrize(
    "way", [{"optimizer": "lbfgs"}, {"normalize_gradients": True}, {"regions": "automatic"}], ids=str
)
def test_every_way_to_paint_works_in_it(coarse, paint, way):
    image = paint(coarse, num_iterations=3, **way)
    assert image.isfinite().all()
    assert image.dtype == torch.float32
