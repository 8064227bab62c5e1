"""GoogLeNet is torchvision's, from a file with torchvision's keys; another file is refused in one sentence."""

import pytest
import torch
from safetensors.torch import save_file

from tests.transfer.dreams import QUICK, dreaming
from transfer.dream.goal import DreamGoal
from transfer.engine.layout import Layout
from transfer.errors import WeightsError
from transfer.features.registry import BACKBONES
from transfer.features.torchvision_import import torchvision_models
from transfer.images import to_tensor
from transfer.pausing import finish

GOOGLENET = BACKBONES["googlenet"]
MEAN, STD = ([[[value]] for value in each] for each in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
KEYS = ("conv1.conv.weight", "inception3a.branch4.1.bn.running_var", "inception4c.branch2.0.conv.weight")


@pytest.fixture(scope="module")
def own():
    """torchvision's own network as its official weights are used, with random weights and channels of all strengths."""
    torch.manual_seed(0)
    with torch.device("meta"):
        found = torchvision_models().googlenet(
            weights=None, init_weights=False, aux_logits=True, transform_input=True, num_classes=10
        )
    found.to_empty(device="cpu")
    for name, value in found.state_dict().items():
        if value.dim() > 1:
            value.normal_(std=(2 / value[0].numel()) ** 0.5)
        elif name.endswith((".bn.running_var", ".bn.weight")):
            value.uniform_(0.5, 1.5)
        elif value.dim():
            value.uniform_(-0.2, 0.4)
    return found.eval()


@pytest.fixture(scope="module")
def state(own):
    """Its weights, with all that the official file has besides."""
    return {name: value.clone() for name, value in own.state_dict().items()}


@pytest.fixture(scope="module")
def file(state, tmp_path_factory):
    path = tmp_path_factory.mktemp("googlenet") / "a.pth"
    torch.save(state, path)
    return path


def test_it_has_torchvisions_layers_with_their_channels(own):
    names = [name for name, _ in own.named_children() if name.startswith(("conv", "inception"))]
    assert names == list(GOOGLENET.layers)


def test_features_away_from_the_edges_are_torchvisions_own(own, file):
    image = torch.rand(1, 3, 416, 416, generator=torch.Generator().manual_seed(1))
    wanted = dict.fromkeys(GOOGLENET.layers)
    hooks = [
        getattr(own, name).register_forward_hook(lambda *called, name=name: wanted.update({name: called[2]}))
        for name in wanted
    ]
    with torch.no_grad():
        own((image - torch.tensor(MEAN)) / torch.tensor(STD))
        found = GOOGLENET.load(GOOGLENET.layers, file).frozen()(image)
    for hook in hooks:
        hook.remove()
    for layer, features in found.items():
        field = GOOGLENET.field([layer])
        first, last = -(-field.before // field.stride), (415 - field.after) // field.stride
        inside = (..., slice(first, last + 1), slice(first, last + 1))
        assert features.shape[1:] == wanted[layer].shape[1:]
        torch.testing.assert_close(features[inside], wanted[layer][inside], rtol=1e-3, atol=1e-4)
        assert features[inside].std() > 0.01


def test_a_dream_through_it_sees_more_and_more(file, content):
    network = GOOGLENET.load(("inception3a",), file).frozen()
    recipe = QUICK.with_changes(backbone="googlenet", dream_layers=("inception3a",), octave_iter=6)
    losses = [step.losses["dream"] for step in dreaming(network, content, recipe)]
    assert losses[5] < 0.8 * losses[0]


def test_a_gradient_in_tiles_is_that_of_the_whole(file, draw_content):
    network = GOOGLENET.load(("inception3a",), file).frozen(torch.float64)
    content = draw_content(240, 72)
    recipe = QUICK.with_changes(backbone="googlenet", dream_layers=("inception3a",), image_size=240)
    image = to_tensor(content).double()
    found = []
    for tile_pixels in (10**6, 160 * 96):
        goal = DreamGoal(content, None, recipe, network)
        made = finish(goal.objective(goal.rungs[-1], Layout(tile_pixels, True, 1), ()))
        gradient = torch.full_like(image, float("nan"))
        finish(made.gradient(image, gradient))
        found.append((gradient, len(made.tiled.tiles)))
    (whole, one), (cut, several) = found
    assert one == 1 < several
    torch.testing.assert_close(cut, whole, rtol=1e-6, atol=1e-8 * float(whole.abs().max()))


def test_a_file_of_safetensors_does_as_well(state, tmp_path, file):
    save_file(state, tmp_path / "a.safetensors")
    one, other = (GOOGLENET.load(("conv3",), path).parts["conv3"] for path in (tmp_path / "a.safetensors", file))
    assert torch.equal(one.weight, other.weight)
    assert torch.equal(one.bias, other.bias)


@pytest.mark.parametrize("key", KEYS)
def test_what_a_file_lacks_is_named(state, tmp_path, key):
    torch.save({name: value for name, value in state.items() if name != key}, tmp_path / "a.pth")
    with pytest.raises(WeightsError, match=f"holds no {key}: it is not torchvision's GoogLeNet, or not all of it"):
        GOOGLENET.load(("inception4c",), tmp_path / "a.pth")


@pytest.mark.parametrize("key", KEYS)
def test_what_has_another_shape_is_named(state, tmp_path, key):
    torch.save(state | {key: torch.zeros(3, 5)}, tmp_path / "a.pth")
    with pytest.raises(WeightsError, match=rf"is not torchvision's GoogLeNet: {key} is \(3, 5\), not"):
        GOOGLENET.load(("inception4c",), tmp_path / "a.pth")


def test_numbers_that_are_no_weights_are_refused(state, tmp_path):
    torch.save(state | {"conv2.bn.running_var": torch.full((64,), -1.0)}, tmp_path / "a.pth")
    with pytest.raises(WeightsError, match="is damaged: the numbers of conv2 are no weights"):
        GOOGLENET.load(("conv3",), tmp_path / "a.pth")


def test_a_vgg_is_no_googlenet_and_the_name_says_which_hash_it_should_have(vgg19_file, file):
    with pytest.raises(WeightsError, match=r"holds no conv1\.conv\.weight"):
        GOOGLENET.load(("conv1",), vgg19_file)
    wrong = file.with_name("googlenet-1378be20.pth")
    wrong.hardlink_to(file)
    with pytest.raises(WeightsError, match=r"is damaged.*its name says 1378be20"):
        GOOGLENET.load(("conv1",), wrong)


def test_it_takes_maxima_alone():
    with pytest.raises(WeightsError, match="googlenet has no avg pooling"):
        GOOGLENET.load(("conv1",), BACKBONES["vgg19-lite"].default_weights(), "avg")


def test_the_command_dreams_through_a_file_that_is_named(command, picture_files, tmp_path, file):
    output = tmp_path / "dream.png"
    words = ("--backbone", "googlenet", "--weights", file, "--image-size", 64, "--octave-iter", 1)
    status, _, said = command("dream", picture_files[0], "-o", output, *words, "--dream-layers", "conv3,inception3b")
    assert status == 0, said
    status, _, said = command("dream", picture_files[0], "-o", output, *words, "--dream-layers", "inception4f")
    assert status == 1
    assert "googlenet has no layer inception4f; it has conv1, conv2, conv3, inception3a" in said


def test_styles_are_not_compared_through_it(command, picture_files, tmp_path):
    status, _, said = command("stylize", *picture_files, "-o", tmp_path / "a.png", "--backbone", "googlenet")
    assert status == 1
    assert "--backbone: there is no googlenet: choose 'vgg19-lite', 'vgg16-lite', 'vgg16' or 'vgg19'" in said
