import pytest
import torch
from PIL import Image
from pydantic import ValidationError

from tests.transfer.conftest import iterations, measured, objective_of
from transfer.images import scaled
from transfer.metadata import decode
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import GuidedImage


@pytest.fixture
def paint(content, style, network):
    def painted(**fields):
        recipe = StyleRecipe(**{"image_size": 64, "num_iterations": 3} | fields)
        return list(iterations(StyleInputs(content, (style,)), recipe, network))

    return painted


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"style_layer_weights": "1,2"}, r"one weight for each of relu1_1, relu2_1, relu3_1, not 2\."),
        ({"style_layers": "relu1_1,relu3_1", "style_layer_weights": "1,2,3"}, r"each of relu1_1, relu3_1, not 3"),
        ({"content_layer_weights": "1,2"}, r"one weight for each of relu3_1, not 2\."),
        ({"backbone": "vgg19", "style_layer_weights": "1,2,3"}, r"relu4_1, relu5_1, not 3"),
        ({"style_layer_weights": "1,-1,1"}, r"Weights must be from 0 to 1000\."),
        ({"style_layer_weights": "1,1001,1"}, r"Weights must be from 0 to 1000\."),
        ({"style_blend_weights": "0,0"}, r"At least one weight must be more than 0\."),
        ({"content_layer_weights": "0"}, r"At least one weight must be more than 0\."),
    ],
)  # fmt: skip
def test_weights_that_cannot_be_are_refused_with_a_sentence(fields, complaint):
    with pytest.raises(ValidationError, match=complaint) as refused:
        StyleRecipe(**fields)
    (error,) = refused.value.errors()
    assert error["loc"][0] in fields
    assert error["loc"][0].endswith("_weights")


@pytest.mark.parametrize("value", ["nan,1,1", "inf,1,1", "one,1,1"])
def test_a_weight_that_is_no_number_is_refused(value):
    with pytest.raises(ValidationError):
        StyleRecipe(style_layer_weights=value)


def test_shares_are_weights_by_their_sum():
    shares = StyleRecipe(style_layer_weights="1,3,0").style_layer_shares
    assert shares == {"relu1_1": 0.25, "relu2_1": 0.75, "relu3_1": 0}
    assert StyleRecipe(content_layer_weights="7").content_layer_shares == {"relu3_1": 1}


def test_without_weights_all_layers_count_the_same():
    assert list(StyleRecipe().style_layer_shares.values()) == pytest.approx([1 / 3] * 3)
    assert StyleRecipe(style_layers="relu2_1,relu1_1").style_layer_shares == {"relu2_1": 0.5, "relu1_1": 0.5}


@pytest.mark.parametrize("kind", ["content", "style"])
def test_a_layer_of_no_weight_is_as_if_it_were_left_out(paint, kind):
    weighted = paint(**{f"{kind}_layers": "relu1_1,relu2_1,relu3_1", f"{kind}_layer_weights": "1,0,2"})[-1]
    left_out = paint(**{f"{kind}_layers": "relu1_1,relu3_1", f"{kind}_layer_weights": "1,2"})[-1]
    assert torch.allclose(weighted.image, left_out.image, atol=1e-5)
    assert weighted.losses == pytest.approx(left_out.losses)


@pytest.mark.parametrize("kind", ["content", "style"])
def test_only_proportions_count(paint, kind):
    layers = {f"{kind}_layers": "relu1_1,relu3_1"}
    one, other = (paint(**layers, **{f"{kind}_layer_weights": weights})[-1] for weights in ("1,3", "25,75"))
    assert torch.equal(one.image, other.image)


@pytest.mark.parametrize(("style_layers", "ends"), [("relu1_1", (0, 1)), ("relu3_1", (1, 0))])
def test_a_layer_that_counts_more_is_matched_more(network, content, style, paint, style_layers, ends):
    recipe = StyleRecipe(style_layers=style_layers)
    seen = [GuidedImage(scaled(picture, size)) for picture, size in ((content, (64, 48)), (style, (64, 64)))]
    distance = objective_of(network, recipe, seen[0], seen[1:])
    found = [paint(num_iterations=15, style_layer_weights=weights)[-1].image for weights in ("9,0,1", "1,0,9")]
    near, far = (measured(distance, found[index])[0].terms["style"] for index in ends)
    assert near < 0.9 * far


def test_the_command_line_takes_weights_and_writes_them_into_the_file(command, picture_files, tmp_path):
    words = ("--image-size", 64, "--num-iterations", 1, "--style-layer-weights", "1,0.5,2")
    status, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *words)
    assert status == 0, err
    with Image.open(tmp_path / "out.png") as image:
        assert decode(image).recipe.style_layer_weights == (1, 0.5, 2)
