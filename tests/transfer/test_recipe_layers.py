from typing import get_args

import pytest
from pydantic import ValidationError

from transfer.features.registry import BACKBONES
from transfer.recipes.style import StyleRecipe

FOR_STYLE = get_args(StyleRecipe.model_fields["backbone"].annotation)


@pytest.mark.parametrize("field", ["content_layers", "style_layers"])
@pytest.mark.parametrize("backbone", FOR_STYLE)
def test_every_layer_of_the_backbone_can_be_named(field, backbone):
    layers = BACKBONES[backbone].layers
    assert getattr(StyleRecipe(**{"backbone": backbone, field: layers}), field) == layers


@pytest.mark.parametrize("field", ["content_layers", "style_layers"])
def test_a_layer_that_the_backbone_lacks_is_refused_by_name(field):
    with pytest.raises(ValidationError, match=r"vgg19-lite has no layer relu5_1; it has relu1_1, relu2_1, relu3_1"):
        StyleRecipe(**{field: ("relu1_1", "relu5_1")})


def test_a_layer_of_the_large_backbone_is_no_layer_of_the_small_one():
    assert StyleRecipe(backbone="vgg19", style_layers="relu4_1").style_layers == ("relu4_1",)
    with pytest.raises(ValidationError):
        StyleRecipe(backbone="vgg19-lite", style_layers="relu4_1")


@pytest.mark.parametrize("text", ["relu1_1,relu2_1", " relu1_1 , relu2_1 ", "relu1_1,,relu2_1,"])
def test_layers_may_be_text_separated_by_commas(text):
    assert StyleRecipe(style_layers=text).style_layers == ("relu1_1", "relu2_1")


def test_a_layer_named_twice_counts_once():
    assert StyleRecipe(style_layers="relu2_1,relu1_1,relu2_1").style_layers == ("relu2_1", "relu1_1")


@pytest.mark.parametrize("nothing", ["", " , ", ()])
@pytest.mark.parametrize("backbone", FOR_STYLE)
def test_no_layers_stand_for_the_backbones_own(backbone, nothing):
    recipe = StyleRecipe(backbone=backbone, content_layers=nothing, style_layers=nothing)
    assert recipe.layers_for_content == BACKBONES[backbone].content_layers
    assert recipe.layers_for_style == BACKBONES[backbone].style_layers


def test_named_layers_replace_the_backbones_own():
    recipe = StyleRecipe(content_layers="relu2_1", style_layers="relu1_1")
    assert recipe.layers_for_content == ("relu2_1",)
    assert recipe.layers_for_style == ("relu1_1",)


@pytest.mark.parametrize("backbone", BACKBONES.values(), ids=lambda backbone: backbone.name)
def test_a_backbones_own_layers_are_layers_that_it_has(backbone):
    assert set(backbone.content_layers + backbone.style_layers) <= set(backbone.layers)
