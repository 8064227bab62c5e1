"""A GPU takes inverse roots by products of matrices: they agree with those that eigenvectors give."""

import pytest
import torch

from tests.transfer.plainly import scene
from transfer import devices
from transfer.features.moments import moments
from transfer.features.network import Head
from transfer.losses.roots import inverse_roots, quintics
from transfer.losses.wasserstein import WassersteinTarget

LAYERS = ("relu1_1", "relu2_1", "relu3_1")


def with_eigenvalues(values, seed=0):
    generator = torch.Generator().manual_seed(seed)
    turn, _ = torch.linalg.qr(torch.randn(len(values), len(values), generator=generator, dtype=torch.float64))
    return turn * torch.as_tensor(values, dtype=torch.float64) @ turn.T, turn


def exact(matrix):
    values, vectors = torch.linalg.eigh(matrix)
    return vectors * values.rsqrt() @ vectors.T, values.sqrt().sum()


def apart(one, other):
    return float((one - other).norm() / other.norm())


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_they_are_those_of_the_eigenvectors(scale):
    matrix, _ = with_eigenvalues(scale * torch.logspace(-7, 0, 24, dtype=torch.float64))
    ((found, trace),) = inverse_roots([matrix], [0.0])
    wanted, wanted_trace = exact(matrix)
    assert apart(found, wanted) < 1e-4
    assert float(trace) == pytest.approx(float(wanted_trace), rel=1e-4)


def test_matrices_of_any_sizes_are_taken_together_as_each_alone():
    matrices = [with_eigenvalues(torch.linspace(0.01, 3, side, dtype=torch.float64))[0] for side in (1, 5, 12)]
    together = inverse_roots(matrices, [1e-12] * 3)
    for matrix, (found, trace) in zip(matrices, together, strict=True):
        ((alone, own),) = inverse_roots([matrix], [1e-12])
        assert found.shape == matrix.shape
        assert torch.allclose(found, alone)
        assert torch.allclose(trace, own)


def test_directions_without_variance_pull_at_nothing_without_bound():
    matrix, turn = with_eigenvalues([0.0, 0.0, 0.5, 2.0])
    ((found, trace),) = inverse_roots([matrix], [1e-12])
    assert found.isfinite().all()
    assert float(trace) == pytest.approx(0.5**0.5 + 2**0.5, rel=1e-4)
    assert torch.allclose(found @ turn[:, 3], turn[:, 3] / 2**0.5, atol=1e-3)
    assert (found @ matrix @ found).norm() < 3  # of projections onto what there is


def test_a_matrix_of_zeros_gives_finite_numbers():
    ((found, trace),) = inverse_roots([torch.zeros(3, 3, dtype=torch.float64)], [1e-40])
    assert found.isfinite().all()
    assert float(trace) == 0


@pytest.mark.parametrize("steps", range(1, 9))
def test_more_steps_bring_all_singular_values_closer_to_one(steps):
    def error(count):
        values = torch.logspace(-4, 0, 4001, dtype=torch.float64)
        for a, b, c in quintics(1e-4, count):
            values = a * values + b * values**3 + c * values**5
        return float((values - 1).abs().max())

    assert error(steps) < error(steps - 1)
    assert error(8) < 1e-4


@pytest.fixture
def pairs(exact_network):
    """Targets and moments as a render has them, at each layer, after the heads."""
    content, styles, _ = scene(torch.float64)
    heads = {layer: head.compact() for layer, head in exact_network.heads.items() if isinstance(head, Head)}
    with torch.no_grad():
        one, other = (exact_network(picture.image) for picture in (styles[0], content))
    return [
        (WassersteinTarget(moments(one[layer]).through(heads[layer])), moments(other[layer]).through(heads[layer]))
        for layer in LAYERS
    ]


def test_the_style_loss_and_what_it_asks_of_the_features_agree(monkeypatch, pairs):
    targets, found = zip(*pairs, strict=True)
    wanted = WassersteinTarget.with_gradients(targets, found)
    monkeypatch.setattr(devices, "is_cuda", lambda device: True)
    monkeypatch.setattr(torch.linalg, "eigh", None)
    answers = WassersteinTarget.with_gradients(targets, found)
    for (distance, gradient), (expected, exactly), other in zip(answers, wanted, found, strict=True):
        assert float(distance) == pytest.approx(float(expected), rel=1e-3)
        assert torch.equal(gradient.mean, exactly.mean)
        pull, expected_pull = (each.covariance @ other.covariance for each in (gradient, exactly))
        assert apart(pull, expected_pull) < 1e-3
