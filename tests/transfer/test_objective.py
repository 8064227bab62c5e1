import pytest
import torch

from tests.transfer import conftest
from tests.transfer.conftest import measured
from transfer.engine.ladder import rungs
from transfer.engine.optimisers import PixelAdam
from transfer.features.registry import BACKBONES
from transfer.images import scaled
from transfer.losses.anchor import Anchor
from transfer.recipes.style import StyleRecipe
from transfer.tiling.tiles import GuidedImage

TERMS = ("content", "style", "texture", "tv", "fine", "anchor")


def objective_of(network, recipe, content, style, below=None):
    """The objective on the lowest rung, or if there is a rung `below`, on the next."""
    anchors, rung = ([], 0) if below is None else ([Anchor.of(below, 0.5)], 1)
    return conftest.objective_of(
        network, recipe, GuidedImage(content), [GuidedImage(style)], anchors, rungs(recipe)[rung]
    )


@pytest.fixture
def start(content):
    return scaled(content, (64, 48))


@pytest.fixture
def texture(style):
    return scaled(style, (64, 64))


@pytest.fixture
def disturbed(start):
    noise = torch.randn(start.shape, generator=torch.Generator().manual_seed(0))
    return (start + 0.1 * noise).clamp(0, 1)


@pytest.fixture
def measure(network, start, texture):
    def measure(image, **fields):
        below = torch.nn.functional.avg_pool2d(start, 2)
        return measured(objective_of(network, StyleRecipe(**fields), start, texture, below), image)[0].values()

    return measure


@pytest.mark.parametrize("term", ["content", "style", "tv"])
@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_a_weight_scales_its_own_term_and_no_other(measure, disturbed, term, style_loss):
    once, thrice, never = (
        measure(disturbed, style_loss=style_loss, **{f"{term}_weight": weight}) for weight in (1, 3, 0)
    )
    assert once[term] > 0
    assert thrice[term] == pytest.approx(3 * once[term], rel=1e-5)
    assert never[term] == 0
    scaled = {term, *{"style": ("texture",), "tv": ("fine",)}.get(term, ())}  # what has the same weight
    for other in set(TERMS) - scaled:
        assert once[other] == thrice[other] == never[other]


def test_no_term_is_negative(measure, disturbed):
    assert all(value > 0 for value in measure(disturbed).values())


def test_the_total_is_the_sum_of_the_terms(measure, disturbed):
    values = measure(disturbed)
    assert values["total"] == pytest.approx(sum(values[term] for term in TERMS))


def test_at_the_content_the_content_term_is_nothing_and_the_style_term_is_its_weight(measure, start):
    values = measure(start, style_weight=2.5)
    assert values["content"] == 0
    assert values["style"] == pytest.approx(2.5, rel=1e-4)


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_a_style_that_the_content_already_has_costs_nothing_and_is_not_blown_up(network, start, disturbed, style_loss):
    objective = objective_of(network, StyleRecipe(style_loss=style_loss), start, start)
    assert measured(objective, start)[0].terms["style"] == pytest.approx(0, abs=1e-3)
    assert measured(objective, (disturbed + 3 * start) / 4)[0].terms["style"] < 10


def test_without_a_rung_below_there_is_no_anchor(network, start, texture, disturbed):
    assert measured(objective_of(network, StyleRecipe(), start, texture), disturbed)[0].terms["anchor"] == 0


@pytest.mark.parametrize("fields", [{}, {"style_loss": "gram"}, {"style_layers": "relu1_1"}], ids=str)
def test_the_loss_falls_within_a_few_steps(network, start, texture, fields):
    objective = objective_of(network, StyleRecipe(**fields), start, texture)
    optimiser = PixelAdam(start, 0.005)
    before, _ = measured(objective, optimiser.image)
    for _ in range(6):
        optimiser.step(measured(objective, optimiser.image)[1])
    assert measured(objective, optimiser.image)[0].total < before.total


def test_the_layers_named_are_the_layers_compared(measure, disturbed):
    default = measure(disturbed)
    assert measure(disturbed, content_layers="relu1_1")["content"] != default["content"]
    assert measure(disturbed, style_layers="relu1_1")["style"] != default["style"]
    assert measure(disturbed, style_layers="relu3_1,relu2_1,relu1_1")["style"] == pytest.approx(default["style"])


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_the_gradient_agrees_with_finite_differences_along_it_and_off_it(start, texture, disturbed, style_loss):
    network = BACKBONES["vgg19-lite"].load(()).frozen(torch.float64)
    below = torch.nn.functional.avg_pool2d(start.double(), 2)
    objective = objective_of(network, StyleRecipe(style_loss=style_loss), start.double(), texture.double(), below)
    image = disturbed.double()
    _, gradient = measured(objective, image)
    way = torch.randn(image.shape, dtype=torch.float64)
    way = way / way.norm() + gradient / gradient.norm()
    ahead, behind = (measured(objective, image + step * way)[0].total for step in (1e-7, -1e-7))
    assert (ahead - behind) / 2e-7 == pytest.approx(float((gradient * way).sum()), rel=1e-3)


def test_it_leaves_no_gradient_on_the_network_nor_on_the_image(network, start, texture):
    image = start.clone()
    _, gradient = measured(objective_of(network, StyleRecipe(), start, texture), image)
    assert gradient.abs().max() > 0
    assert not gradient.requires_grad
    assert not image.requires_grad
    assert torch.equal(image, start)
    assert all(parameter.grad is None for parameter in network.parameters())
