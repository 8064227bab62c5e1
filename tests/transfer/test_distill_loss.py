import pytest
import torch

from transfer.distill.loss import distillation_loss, residual


@pytest.fixture
def wanted():
    return torch.randn(6, 5, 8, 8, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def noise():
    return torch.randn(6, 5, 8, 8, generator=torch.Generator().manual_seed(1))


def test_features_that_are_right_cost_nothing(wanted):
    assert all(float(term) == pytest.approx(0, abs=1e-9) for term in distillation_loss(wanted, wanted).values())


def test_every_term_falls_as_features_come_nearer(wanted, noise):
    far, near = (distillation_loss(wanted + amount * noise, wanted) for amount in (1.0, 0.2))
    assert far.keys() == near.keys()
    assert len(far) == 3
    for name in far:
        assert 0 < near[name] < far[name]


def test_the_unit_of_features_does_not_matter(wanted, noise):
    here, there = (distillation_loss(unit * (wanted + noise), unit * wanted) for unit in (1, 50))
    for name in here:
        assert float(there[name]) == pytest.approx(float(here[name]), rel=1e-4)


def test_a_constant_error_is_no_error_of_changes_nor_of_covariance(wanted):
    terms = distillation_loss(wanted + 0.5, wanted)
    assert terms["features"] > 0.05
    assert float(terms["changes"]) == pytest.approx(0, abs=1e-9)
    assert float(terms["covariance"]) == pytest.approx(0, abs=1e-9)


def test_predicting_nothing_leaves_all_energy_unexplained(wanted):
    error, energy = residual(torch.zeros_like(wanted), wanted)
    assert error == pytest.approx(energy)
    assert residual(wanted, wanted)[0] == 0
    assert energy == pytest.approx(float(wanted.square().sum()))


def test_gradients_reach_the_prediction_alone(wanted, noise):
    predicted = (wanted + noise).requires_grad_()
    torch.stack(list(distillation_loss(predicted, wanted).values())).sum().backward()
    assert predicted.grad.isfinite().all()
    assert predicted.grad.abs().max() > 0
