import pytest
import torch

from tests.transfer.conftest import iterations, measured, objective_of
from transfer.features.registry import BACKBONES
from transfer.images import scaled
from transfer.losses.normalised import GRADIENT_UNIT, factor
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import GuidedImage


@pytest.fixture
def features():
    return torch.rand(1, 4, 6, 5, generator=torch.Generator().manual_seed(0))


def scaled_to(incoming, size):
    """A gradient (1, C, h, w) as a layer's would be scaled."""
    _, channels, height, width = incoming.shape
    return incoming * factor(float(incoming.abs().sum(dtype=torch.float64)), channels, height * width, size)


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1, 1e6])
@pytest.mark.parametrize("size", [1e-4, 0.02, 3])
def test_the_mean_size_of_the_gradient_is_what_was_asked_whatever_comes_in(features, size, scale):
    found = scaled_to(scale * torch.randn(features.shape), size)
    assert float(found.abs().mean()) == pytest.approx(size / (6 * 5), rel=1e-4)


def test_the_direction_of_the_gradient_is_kept(features):
    incoming = torch.randn(features.shape)
    found = scaled_to(incoming, 0.02)
    assert torch.cosine_similarity(found.flatten(), incoming.flatten(), dim=0) == pytest.approx(1)


def test_a_size_of_nothing_leaves_no_gradient(features):
    assert (scaled_to(torch.randn(features.shape), 0.0) == 0).all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_no_gradient_stays_no_gradient(features, dtype):
    found = scaled_to(torch.zeros(features.shape, dtype=dtype), 0.02)
    assert found.dtype == dtype
    assert (found == 0).all()


def test_no_gradient_stays_no_gradient_at_the_largest_weight_and_the_smallest_layer():
    assert (scaled_to(torch.zeros(1, 8, 1, 4), GRADIENT_UNIT * 1000) == 0).all()


def test_in_bfloat16_the_size_is_the_same(features):
    incoming = torch.randn(features.shape)
    fine, coarse = (scaled_to(incoming.to(dtype), 0.02) for dtype in (torch.float32, torch.bfloat16))
    assert float(coarse.float().abs().mean()) == pytest.approx(float(fine.abs().mean()), rel=0.01)


@pytest.fixture
def gradient(content, style):
    """The gradient of an objective with normalised gradients, in float64, at a disturbed content."""
    network = BACKBONES["vgg19-lite"].load(()).frozen(torch.float64)
    seen = GuidedImage(scaled(content, (64, 48)).double()), [GuidedImage(scaled(style, (64, 64)).double())]
    noise = torch.randn(seen[0].image.shape, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    image = (seen[0].image + 0.1 * noise).clamp(0, 1)

    def found(**fields):
        recipe = StyleRecipe(**{"normalize_gradients": True, "texture_weight": 0, "tv_weight": 0} | fields)
        return measured(objective_of(network, recipe, *seen), image)[1]

    return found


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_how_far_an_image_is_from_the_style_does_not_matter_only_the_weights_do(gradient, style_loss):
    alone = {"style_layers": "relu2_1", "content_weight": 0, "style_loss": style_loss}
    once, twice = gradient(**alone), gradient(**alone, style_weight=2)
    assert torch.allclose(twice, 2 * once, rtol=1e-9, atol=0)
    free = gradient(**alone, normalize_gradients=False)
    assert torch.cosine_similarity(once.flatten(), free.flatten(), dim=0) == pytest.approx(1)


def test_the_gradients_of_layers_and_terms_add_up_each_with_its_share(gradient):
    both = gradient(style_layers="relu1_1,relu3_1", style_layer_weights="1,3")
    first, third = (gradient(style_layers=layer, content_weight=0) for layer in ("relu1_1", "relu3_1"))
    kept = gradient(style_weight=0)
    assert torch.allclose(both, 0.25 * first + 0.75 * third + kept, rtol=1e-6, atol=1e-9 * float(both.abs().max()))


@pytest.fixture
def paint(content, style, network):
    def painted(count, **fields):
        recipe = StyleRecipe(image_size=64, num_iterations=count, normalize_gradients=True, **fields)
        return list(iterations(StyleInputs(content, (style,)), recipe, network))

    return painted


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_a_render_with_normalised_gradients_comes_nearer_to_the_style(paint, style_loss):
    steps = paint(40, style_loss=style_loss)
    assert steps[-1].losses["style"] < 0.8 * steps[0].losses["style"]


@pytest.mark.parametrize("optimizer", ["adam", "lbfgs"])
def test_it_differs_from_one_without_and_stays_finite(paint, content, style, network, optimizer):
    image = paint(3, optimizer=optimizer)[-1].image
    free = StyleRecipe(image_size=64, num_iterations=3, optimizer=optimizer)
    assert image.isfinite().all()
    assert not torch.allclose(
        image, list(iterations(StyleInputs(content, (style,)), free, network))[-1].image, atol=1e-3
    )


def test_the_losses_are_those_of_the_picture_and_not_changed_by_it(paint, content, style, network):
    free = StyleRecipe(image_size=64, num_iterations=1)
    assert paint(1)[0].losses == next(iterations(StyleInputs(content, (style,)), free, network)).losses
