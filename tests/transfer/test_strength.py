import itertools

import pytest
import torch

from tests.transfer.conftest import scenery, strokes
from transfer.images import scaled
from transfer.instant.render import render
from transfer.recipes.strength import STRENGTH_RANGE, texture_part
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

STRENGTHS = (0, 0.25, 0.5, 0.75, 1)


@pytest.fixture(scope="module")
def paintings(network):
    """The same render at rising strength."""
    inputs = StyleInputs(scenery(96, 72), (strokes(80, 80),))
    recipes = [StyleRecipe(image_size=64, num_iterations=25, strength=strength) for strength in STRENGTHS]
    return [list(render(inputs, recipe, network))[-1] for recipe in recipes]


def test_the_stronger_the_farther_the_features_are_from_those_of_the_content(paintings, network, content):
    with torch.no_grad():
        images = [scaled(content, (64, 48)), *(step.image for step in paintings)]
        wanted, *found = (network.heads["relu3_1"](network(image)["relu3_1"]) for image in images)
    distances = [float((features - wanted).square().mean()) for features in found]
    assert distances == sorted(distances)
    assert distances[0] < 0.5 * distances[-1]


def test_the_stronger_the_farther_the_pixels_are_from_those_of_the_content(paintings, content):
    start = scaled(content, (64, 48))
    distances = [float((step.image - start).square().mean()) for step in paintings]
    assert distances == sorted(distances)


def test_a_hint_of_the_style_is_farther_from_the_style_than_an_abstract_picture(paintings):
    assert paintings[0].losses["style"] > 1.5 * paintings[-1].losses["style"]


def test_in_the_middle_content_counts_as_its_weight_says():
    assert StyleRecipe().content_ratio == StyleRecipe(strength=0.5).content_ratio == 1


def test_the_ends_weigh_content_up_and_down_by_more_than_twenty():
    assert StyleRecipe(strength=0).content_ratio > 20
    assert StyleRecipe(strength=1).content_ratio == pytest.approx(1 / STRENGTH_RANGE)


def test_content_counts_less_with_every_step_of_strength():
    ratios = [StyleRecipe(strength=step / 50).content_ratio for step in range(51)]
    assert all(one > other for one, other in itertools.pairwise(ratios))


def test_below_the_middle_texture_fades_with_strength():
    assert [texture_part(strength) for strength in STRENGTHS] == [0, 0.5, 1, 1, 1]


def test_strength_is_a_weight_of_the_content(content, style, network):
    inputs = StyleInputs(content, (style,))
    small = {"image_size": 64, "num_iterations": 3, "init": "content"}
    weight = StyleRecipe(strength=0.8).content_ratio
    strong, weighted = (
        list(render(inputs, StyleRecipe(**small, **way), network))[-1]
        for way in ({"strength": 0.8}, {"content_weight": weight})
    )
    assert torch.allclose(strong.image, weighted.image, atol=1e-4)
