import json

import pytest
import torch
from safetensors.torch import load_file, save_file

from tests.transfer.conftest import iterations
from transfer.errors import WeightsError
from transfer.features.network import file_sha256
from transfer.features.registry import BACKBONES
from transfer.features.vgg19_lite import DEEP, SHALLOW, VGG19Lite, deeper_file
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

LITE = BACKBONES["vgg19-lite"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The small network of random weights, and a deeper part that stands on it."""
    path = tmp_path_factory.mktemp("lite") / "a.safetensors"
    network = VGG19Lite()
    save_file(network.state_dict(), path)
    below = set(network.state_dict())
    network.deepen()
    deep = {name: value.half() for name, value in network.state_dict().items() if name not in below}
    facts = {"below_sha256": file_sha256(path)}
    save_file(deep, deeper_file(path), metadata={"provenance": json.dumps(facts)})
    return path


@pytest.fixture
def own(files, tmp_path):
    """A copy of these files, to be changed."""
    for path in (files, deeper_file(files)):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path / files.name


def test_the_layers_below_stay_as_they_are_bit_for_bit(files):
    image = torch.rand(1, 3, 48, 64)
    shallow, deep = (LITE.load(layers, files).frozen()(image) for layers in (SHALLOW, DEEP))
    assert tuple(shallow) == SHALLOW
    assert tuple(deep) == SHALLOW + DEEP
    assert all(torch.equal(shallow[layer], deep[layer]) for layer in SHALLOW)


def test_what_ships_is_at_most_four_megabytes():
    path = LITE.default_weights()
    assert path.stat().st_size + deeper_file(path).stat().st_size < 4_000_000


def test_it_goes_no_deeper_than_it_is_asked(files):
    assert "relu5_1" not in LITE.load(("relu4_1",), files)(torch.rand(1, 3, 32, 32))


def test_the_heads_have_all_channels_of_the_teacher(files):
    network = LITE.load(DEEP, files)
    found = network(torch.rand(1, 3, 32, 64))
    assert network.heads["relu4_1"](found["relu4_1"]).shape == (1, 512, 4, 8)
    assert network.heads["relu5_1"](found["relu5_1"]).shape == (1, 512, 2, 4)


def test_the_hash_is_that_of_the_deeper_file_which_names_the_one_below(files):
    assert LITE.load(DEEP, files).sha256 == file_sha256(deeper_file(files))
    assert LITE.load(SHALLOW, files).sha256 == file_sha256(files)


def test_a_deeper_part_of_other_weights_is_refused(own):
    state = load_file(own)
    state["conv1_1.bias"] += 1
    save_file(state, own)
    with pytest.raises(WeightsError, match="belongs to other weights"):
        LITE.load(DEEP, own)
    assert LITE.load(SHALLOW, own)


def test_a_deeper_part_that_is_missing_or_another_network_is_named(own):
    save_file({"a": torch.zeros(1)}, deeper_file(own))
    with pytest.raises(WeightsError, match=r"a_deeper\.safetensors does not hold the weights"):
        LITE.load(DEEP, own)
    deeper_file(own).unlink()
    with pytest.raises(WeightsError, match="leave these layers out"):
        LITE.load(DEEP, own)


def test_style_and_content_are_compared_there(content, style):
    layers = {"content_layers": "relu4_1", "style_layers": "relu1_1,relu4_1,relu5_1"}
    recipe = StyleRecipe(image_size=64, num_iterations=8, learning_rate=0.01, **layers)
    steps = list(iterations(StyleInputs(content, (style,)), recipe, LITE.load(recipe.layers).frozen()))
    assert steps[-1].image.isfinite().all()
    assert steps[-1].losses["total"] < steps[0].losses["total"]
