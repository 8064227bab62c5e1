"""Losses and gradients, tile by tile and in closed form, equal those of the loss in plain code: see `plainly`."""

import pytest
import torch
from torch.nn import functional

from tests.transfer.conftest import measured, objective_of
from tests.transfer.plainly import VGG_WAYS, WAYS, apart, reference, scene
from transfer.losses.anchor import Anchor
from transfer.recipes.style import StyleRecipe


@pytest.mark.parametrize("regions", [False, True], ids=["everywhere", "regions"])
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_they_are_those_of_the_plainly_written_loss(exact_network, way, regions):
    recipe = StyleRecipe(**way, style_blend_weights=(1, 3))
    content, styles, image = scene(torch.float64, regions=regions)
    anchors = [Anchor.of(functional.avg_pool2d(content.image, 2), 0.5, 2.0)]
    objective = objective_of(exact_network, recipe, content, styles, anchors, tile_pixels=4600)
    losses, gradient = measured(objective, image)
    terms, expected = reference(exact_network, recipe, content, styles, image, anchors)
    assert apart(gradient, expected) <= 1e-7
    assert losses.values() == pytest.approx({"total": sum(terms.values()), **terms}, rel=1e-7)


@pytest.mark.parametrize("way", VGG_WAYS, ids=str)
def test_through_vgg19_too_they_are_those_of_the_plainly_written_loss(exact_vgg19, way):
    recipe = StyleRecipe(backbone="vgg19", **way)
    network, (content, styles, image) = exact_vgg19(recipe), scene(torch.float64, (61, 47), ((40, 37),))
    losses, gradient = measured(objective_of(network, recipe, content, styles, tile_pixels=1600), image)
    terms, expected = reference(network, recipe, content, styles, image)
    assert apart(gradient, expected) <= 1e-7
    assert losses.values() == pytest.approx({"total": sum(terms.values()), **terms}, rel=1e-7)


def test_with_fewer_places_than_channels_they_are_those_of_the_plainly_written_loss(exact_network):
    recipe = StyleRecipe()
    content, styles, image = scene(torch.float64, (89, 25), ((33, 34),))
    losses, gradient = measured(objective_of(exact_network, recipe, content, styles, tile_pixels=1900), image)
    terms, expected = reference(exact_network, recipe, content, styles, image)
    assert apart(gradient, expected) <= 1e-7
    assert losses.values() == pytest.approx({"total": sum(terms.values()), **terms}, rel=1e-7)
