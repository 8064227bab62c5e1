"""What a GPU uses in place of torch's own backward passes, which add up in any order there, has the same gradient."""

import pytest
import torch
from torch.nn import functional

from tests.transfer.conftest import gradient_of
from transfer import devices
from transfer.features.convolution import Convolution, extended
from transfer.losses.anchor import Anchor

GENERATOR = torch.Generator().manual_seed(0)


def drawn(*shape):
    return torch.rand(*shape, generator=GENERATOR, dtype=torch.float64)


@pytest.fixture
def on_gpu(monkeypatch):
    """Has the way that a GPU takes be taken."""
    return lambda: monkeypatch.setattr(devices, "on_cuda", lambda tensor: True)


@pytest.mark.parametrize("size", [(7, 9), (1, 5), (6, 1), (1, 1), (2, 2)], ids=str)
@pytest.mark.parametrize("beyond", [1, 2])
def test_a_map_that_goes_on_beyond_its_edge_has_the_gradient_of_padding(on_gpu, size, beyond):
    on_gpu()
    features, weights = drawn(1, 3, *size), drawn(1, 3, *(side + 2 * beyond for side in size))

    def padded(given):
        return functional.pad(given, (beyond,) * 4, mode="replicate")

    assert torch.equal(extended(features, beyond), padded(features))
    found, wanted = (
        gradient_of(lambda at, way=way: (way(at) * weights).sum(), features)
        for way in (lambda at: extended(at, beyond), padded)
    )
    assert torch.allclose(found, wanted, rtol=1e-12)


def test_the_gradient_keeps_the_layout_of_memory(on_gpu):
    on_gpu()
    features = drawn(1, 8, 6, 5).contiguous(memory_format=torch.channels_last)
    assert gradient_of(lambda at: extended(at, 1).square().sum(), features).is_contiguous(
        memory_format=torch.channels_last
    )


@pytest.mark.parametrize("size", [1, 3])
def test_a_convolution_is_torchs_own(size):
    ours = Convolution(4, 6, size)
    own = torch.nn.Conv2d(4, 6, size, padding=size // 2, padding_mode="replicate")
    own.load_state_dict(ours.state_dict())
    features = torch.rand(1, 4, 9, 8)
    assert torch.equal(ours(features), own(features))


@pytest.mark.parametrize(("part", "size"), [(0.5, (45, 31)), (1.0, (32, 24)), (1.0, (90, 70)), (0.5, (33, 24))])
def test_an_anchor_measures_the_same(on_gpu, part, size):
    anchor, image = Anchor.of(drawn(1, 3, 24, 32), part), drawn(1, 3, *size[::-1])
    wanted, gradient = anchor.distance(image), gradient_of(anchor.distance, image)
    on_gpu()
    assert torch.allclose(anchor.distance(image), wanted, rtol=1e-9)
    assert torch.allclose(gradient_of(anchor.distance, image), gradient, rtol=1e-9, atol=1e-15)
