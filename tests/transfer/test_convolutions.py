"""Our convolutions are torch's with replicated borders; where they are frozen, the way back is written out."""

import pytest
import torch

from tests.transfer.conftest import gradient_of
from transfer.features.convolution import Convolution


@pytest.fixture(params=[1, 3, 5])
def both(request):
    """One of ours and torch's own, of the same weights, in float64."""
    ours = Convolution(3, 4, request.param).double()
    own = torch.nn.Conv2d(3, 4, request.param, padding=request.param // 2, padding_mode="replicate").double()
    own.load_state_dict(ours.state_dict())
    return ours, own


def drawn(*shape):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


@pytest.mark.parametrize("is_frozen", [False, True])
def test_features_are_torchs_own(both, is_frozen):
    ours, own = (each.requires_grad_(not is_frozen) for each in both)
    features = drawn(1, 3, 9, 8)
    assert torch.equal(ours(features), own(features))


@pytest.mark.parametrize("size", [(7, 9), (1, 5), (6, 1), (1, 1), (2, 2)], ids=str)
def test_the_gradient_is_torchs_own_at_every_edge(both, size):
    ours, own = (each.requires_grad_(False) for each in both)
    features, weights = drawn(1, 3, *size), drawn(1, 4, *size)
    found, wanted = (gradient_of(lambda at, each=each: (each(at) * weights).sum(), features) for each in (ours, own))
    assert torch.allclose(found, wanted, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("size", [(8, 8), (9, 12), (7, 6)], ids=str)
def test_a_step_takes_every_second_place_and_leaves_out_half_a_one(size):
    ours, every = Convolution(3, 4, 7, step=2).double(), Convolution(3, 4, 7).double()
    every.load_state_dict(ours.state_dict())
    features, weights = drawn(1, 3, *size), drawn(1, 4, *(side // 2 for side in size))

    def second(at):
        return every(at)[..., ::2, ::2][..., : size[0] // 2, : size[1] // 2]

    for is_frozen in (False, True):
        for each in (ours, every):
            each.requires_grad_(not is_frozen)
        assert torch.allclose(ours(features), second(features))
        found, wanted = (gradient_of(lambda at, of=of: (of(at) * weights).sum(), features) for of in (ours, second))
        assert torch.allclose(found, wanted)


def test_weights_that_are_trained_have_gradients(both):
    ours, own = both
    for each in both:
        each(drawn(1, 3, 6, 5)).square().sum().backward()
    assert torch.allclose(ours.weight.grad, own.weight.grad)
    assert torch.allclose(ours.bias.grad, own.bias.grad)
