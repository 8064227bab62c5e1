"""The decoders of instant pictures: what ships, and how transports fold into it."""

import pytest
import torch

from transfer.errors import WeightsError
from transfer.features.network import provenance
from transfer.instant.decoder import entered, folded
from transfer.instant.decoders import FILE, load
from transfer.instant.metric import CHANNELS, LAYERS, metric
from transfer.instant.transport import Affine


def test_what_ships_is_small_and_says_how_it_was_made():
    assert FILE.stat().st_size < 2_000_000
    assert {"network", "encoder_sha256", "images", "training", "loss"} <= provenance(FILE).keys()


def test_it_was_trained_on_the_network_that_ships(network):
    assert provenance(FILE)["encoder_sha256"] == network.sha256


def test_a_folded_transport_is_the_transport_and_then_the_entry():
    decoder, generator = load().raising.double(), torch.Generator().manual_seed(0)
    for layer, channels in CHANNELS.items():
        features = torch.randn(1, channels, 7, 9, generator=generator, dtype=torch.float64)
        matrix = torch.randn(channels, channels, generator=generator, dtype=torch.float64)
        each = Affine(matrix, torch.randn(channels, generator=generator, dtype=torch.float64))
        moved = torch.einsum("oc,bchw->bohw", matrix, features) + each.offset[None, :, None, None]
        found = entered({layer: features}, folded(decoder, {layer: [each]}), {})[layer]
        torch.testing.assert_close(found, decoder.entry(layer)(moved))


def test_distances_in_the_metric_are_those_between_vgg19s_features(network):
    for layer in LAYERS:
        one, other = torch.randn(2, CHANNELS[layer])
        head, into = network.heads[layer].weight, metric(network)[layer]
        assert bool((into.weight.diagonal() >= 0).all())
        torch.testing.assert_close((into.weight.float() @ (one - other)).norm(), (head @ (one - other)).norm())


def test_a_file_that_is_missing_or_of_another_network_is_named(tmp_path, monkeypatch):
    nothing = tmp_path / "nothing.safetensors"
    with pytest.raises(WeightsError, match="give a file that `python -m transfer distill-instant` has written"):
        load(nothing)
    with pytest.raises(WeightsError, match="make it again with `python -m transfer distill-instant`"):
        load(FILE.with_name("vgg19_lite.safetensors"))
    monkeypatch.setattr("transfer.instant.decoders.FILE", nothing)
    with pytest.raises(WeightsError, match="restore them with `git checkout transfer/weights`"):
        load()
