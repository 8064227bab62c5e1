import pytest
import torch

from transfer.inputs import Inputs
from transfer.losses.normalised import NormalisedGradient
from transfer.objective import GRADIENT_UNIT
from transfer.recipe import Recipe
from transfer.render import render


@pytest.fixture
def features():
    return torch.rand(1, 4, 6, 5, generator=torch.Generator().manual_seed(0))


def gradient_of(features, size, incoming):
    given = features.clone().requires_grad_()
    NormalisedGradient.apply(given, size).backward(incoming)
    return given.grad


def test_features_pass_through_unchanged(features):
    assert torch.equal(NormalisedGradient.apply(features, 0.3), features)


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1, 1e6])
@pytest.mark.parametrize("size", [1e-4, 0.02, 3])
def test_the_mean_size_of_the_gradient_is_what_was_asked_whatever_comes_in(features, size, scale):
    incoming = scale * torch.randn(features.shape)
    found = gradient_of(features, size, incoming)
    assert float(found.abs().mean()) == pytest.approx(size / (6 * 5), rel=1e-4)


def test_the_direction_of_the_gradient_is_kept(features):
    incoming = torch.randn(features.shape)
    found = gradient_of(features, 0.02, incoming)
    assert torch.cosine_similarity(found.flatten(), incoming.flatten(), dim=0) == pytest.approx(1)


def test_a_size_of_nothing_leaves_no_gradient(features):
    assert (gradient_of(features, 0.0, torch.randn(features.shape)) == 0).all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_no_gradient_stays_no_gradient(features, dtype):
    found = gradient_of(features.to(dtype), 0.02, torch.zeros(features.shape, dtype=dtype))
    assert found.dtype == dtype
    assert (found == 0).all()


def test_no_gradient_stays_no_gradient_at_the_largest_weight_and_the_smallest_layer():
    largest = GRADIENT_UNIT * 1000
    assert (gradient_of(torch.rand(1, 8, 1, 4), largest, torch.zeros(1, 8, 1, 4)) == 0).all()


def test_in_bfloat16_the_size_is_the_same(features):
    incoming = torch.randn(features.shape)
    fine, coarse = (
        gradient_of(features.to(dtype), 0.02, incoming.to(dtype)) for dtype in (torch.float32, torch.bfloat16)
    )
    assert float(coarse.float().abs().mean()) == pytest.approx(float(fine.abs().mean()), rel=0.01)


@pytest.fixture
def paint(content, style, network):
    def painted(count, **fields):
        recipe = Recipe(image_size=64, num_iterations=count, normalize_gradients=True, **fields)
        return list(render(Inputs(content, (style,)), recipe, network))

    return painted


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_a_render_with_normalised_gradients_comes_nearer_to_the_style(paint, style_loss):
    steps = paint(40, style_loss=style_loss)
    assert steps[-1].losses["style"] < 0.8 * steps[0].losses["style"]


@pytest.mark.parametrize("optimizer", ["adam", "lbfgs"])
def test_it_differs_from_one_without_and_stays_finite(paint, content, style, network, optimizer):
    image = paint(3, optimizer=optimizer)[-1].image
    free = Recipe(image_size=64, num_iterations=3, optimizer=optimizer)
    assert image.isfinite().all()
    assert not torch.allclose(image, list(render(Inputs(content, (style,)), free, network))[-1].image, atol=1e-3)


def test_the_losses_are_those_of_the_picture_and_not_changed_by_it(paint, content, style, network):
    free = Recipe(image_size=64, num_iterations=1)
    assert paint(1)[0].losses == next(render(Inputs(content, (style,)), free, network)).losses
