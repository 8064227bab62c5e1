import math

import pytest
import torch

from transfer.distill.deep_loss import errors
from transfer.distill.loss import distillation_loss


@pytest.fixture
def features():
    generator = torch.Generator().manual_seed(0)
    return [torch.rand(4, 3, 5, 6, generator=generator) for _ in range(2)]


def test_it_is_what_autograd_makes_of_the_other_networks_loss_without_covariances(features):
    predicted, wanted = features
    predicted.requires_grad_()
    terms = distillation_loss(predicted, wanted)
    loss = terms["features"] + terms["changes"]
    (gradient,) = torch.autograd.grad(loss, predicted)
    found = errors(predicted, wanted)
    assert found.total == pytest.approx(float(loss.detach()), rel=1e-5)
    assert torch.allclose(found.gradient, gradient, rtol=1e-4, atol=1e-7)


def test_it_is_zero_where_features_are_equal(features):
    found = errors(features[1], features[1])
    assert found.total == 0
    assert not found.gradient.any()


def test_an_error_that_neighbours_share_changes_nothing_between_them(features):
    wanted = features[1]
    found = errors(wanted + 0.1, wanted)
    assert found.features > 0
    assert found.changes == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_neighbours_that_are_alike_and_features_without_energy_have_finite_errors(level):
    found = errors(torch.rand(4, 3, 5, 6), torch.full((4, 3, 5, 6), level))
    assert math.isfinite(found.total)
    assert found.gradient.isfinite().all()
