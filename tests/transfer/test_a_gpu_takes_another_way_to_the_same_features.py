"""What a GPU is spared in convolutions and poolings changes no feature and no gradient: tried here on a processor."""

import pytest
import torch

from transfer import devices
from transfer.features.convolution import Convolution
from transfer.features.pooling import halved


def both(monkeypatch, function, features):
    """Features and their gradient, the way of a processor and that of a GPU."""
    for as_on_a_gpu in (False, True):
        monkeypatch.setattr(devices, "is_cuda", lambda device, found=as_on_a_gpu: found)
        given = features.clone().requires_grad_()
        found = function(given)
        torch.manual_seed(1)
        found.backward(torch.randn(found.shape))
        yield found.detach(), given.grad


def alike(one, other):
    return all(a.shape == b.shape and torch.allclose(a, b, atol=1e-5) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("channels", [3, 8, 20])
@pytest.mark.parametrize(("size", "step"), [(3, 1), (3, 2), (1, 1), (7, 2)])
@pytest.mark.parametrize("shape", [(11, 14), (9, 2)], ids=str)
def test_convolutions(monkeypatch, channels, size, step, shape):
    made = Convolution(channels, 5, size, step=step).requires_grad_(False)
    usual, other = both(monkeypatch, made, torch.randn(1, channels, *shape))
    assert alike(usual, other)


@pytest.mark.parametrize("shape", [(10, 14), (11, 14), (10, 13), (3, 3)], ids=str)
def test_poolings(monkeypatch, shape):
    usual, other = both(monkeypatch, halved, torch.randn(2, 6, *shape))
    assert alike(usual, other)
