"""The pixels that a place of a layer depends on, measured on the networks themselves."""

import pytest
import torch
from torch.nn import functional

from transfer.features.googlenet import GoogLeNet
from transfer.features.registry import BACKBONES
from transfer.features.vgg16 import VGG16
from transfer.features.vgg19 import VGG19

THIN = 32  # pixels across the measured axis


CASES = [("vgg19-lite", layer) for layer in BACKBONES["vgg19-lite"].layers]
CASES += [("vgg16-lite", layer) for layer in ("relu1_1", "relu2_1", "relu3_3", "relu4_1", "relu5_1")]
CASES += [("vgg19", layer) for layer in (*BACKBONES["vgg19"].layers[:6], "relu3_4", "relu4_1", "relu5_1", "relu5_4")]
CASES += [("vgg16", layer) for layer in ("relu3_3", "relu4_1", "relu5_3")]
CASES += [("googlenet", layer) for layer in ("conv1", "conv3", "inception3a", "inception4c", "inception5a")]
UNTRAINED = {"vgg16": VGG16, "vgg19": VGG19, "googlenet": GoogLeNet}


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def case(request):
    """Backbone, layer, and a network in which every unit is active: all weights are positive."""
    name, layer = request.param
    backbone = BACKBONES[name]
    untrained = UNTRAINED.get(name)
    network = untrained([layer]) if untrained else backbone.load((layer,))
    for parameter in network.parameters():
        parameter.data.abs_().add_(1e-3)
        parameter.data /= parameter.data.sum() / len(parameter.data)
    network.mean.zero_()
    return backbone, layer, network.frozen()


@pytest.fixture
def averaging(monkeypatch):
    """A maximum has a gradient at one pixel alone; an average of the same windows has one at all."""

    def average(features, size, stride=None, padding=0, *_, **how):
        return functional.avg_pool2d(features, size, stride, padding, ceil_mode=how.get("ceil_mode", False))

    monkeypatch.setattr(functional, "max_pool2d", average)


@pytest.mark.parametrize("axis", [2, 3], ids=["down", "across"])
def test_a_place_depends_on_exactly_the_pixels_of_its_field(case, averaging, axis):
    backbone, layer, network = case
    field = backbone.field([layer])
    place = -(-field.before // field.stride) + 1
    side = (place * field.stride + field.after) // field.stride * field.stride + 2 * field.stride
    shape = (1, 3, side, THIN) if axis == 2 else (1, 3, THIN, side)
    image = torch.rand(shape, requires_grad=True)
    (gradient,) = torch.autograd.grad(network(image)[layer].select(axis, place).sum(), image)
    (seen,) = gradient.abs().sum((0, 1, 5 - axis)).nonzero(as_tuple=True)
    assert (int(seen[0]), int(seen[-1])) == (place * field.stride - field.before, place * field.stride + field.after)


@pytest.mark.parametrize("size", [(64, 48), (71, 53)], ids=str)
def test_stages_have_the_networks_channels_and_strides(case, size):
    backbone, layer, network = case
    (stage,) = (stage for stage in backbone.stages if stage.name == layer)
    features = network(torch.rand(1, 3, *size))[layer]
    stride = backbone.stride(layer)
    assert features.shape == (1, stage.channels, size[0] // stride, size[1] // stride)


@pytest.mark.parametrize("backbone", BACKBONES.values(), ids=lambda backbone: backbone.name)
def test_every_layer_has_a_stage(backbone):
    assert tuple(stage.name for stage in backbone.stages if stage.name) == backbone.layers


@pytest.mark.parametrize("backbone", BACKBONES.values(), ids=lambda backbone: backbone.name)
def test_the_margins_are_multiples_of_the_stride_that_hold_the_field_once_and_twice(backbone):
    for layer in backbone.layers:
        field = backbone.field([layer])
        assert field.feature_margin % field.stride == field.gradient_margin % field.stride == 0
        assert field.feature_margin - field.stride < max(field.before, field.after) <= field.feature_margin
        assert field.gradient_margin - field.stride < field.before + field.after <= field.gradient_margin


def test_the_field_of_several_layers_is_that_of_the_deepest():
    backbone = BACKBONES["vgg19"]
    assert backbone.field(["relu4_1", "relu1_1", "relu2_2"]) == backbone.field(["relu4_1"])
