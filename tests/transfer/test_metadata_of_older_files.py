"""Files of the first layout are read as always, and files of another version are repaired."""

import json

import pytest
from pydantic import ValidationError

from transfer.inputs import Role
from transfer.metadata import Provenance
from transfer.recipes.stored import UnknownRecipe
from transfer.recipes.style import StyleRecipe

# As 7229ad5 wrote it.
RECIPE = json.loads(
    '{"backbone":"vgg19-lite","content_layer_weights":[],"content_layers":[],"content_weight":1.0,"early_stopping":0.0,'
    '"image_size":64,"init":"content","lbfgs_num_correction":10,"learning_rate":0.045,"match_colors":false,'
    '"normalize_gradients":false,"num_iterations":110,"optimizer":"adam","original_colors":false,"pooling":"avg",'
    '"print_iter":0,"region_count":2,"regions":"none","save_iter":0,"seed":42,"strength":0.5,"style_blend_weights":[],'
    '"style_layer_weights":[],"style_layers":[],"style_loss":"w2","style_scale":1.0,"style_weight":1.0,"tv_weight":1.0}'
)
SOURCE = {"height": 72, "name": "house.jpg", "sha256": "ab" * 32, "width": 96}
OLD = {
    "content": SOURCE,
    "content_mask": None,
    "device": "cpu: 2 threads",
    "height": 48,
    "init": None,
    "kept": None,
    "losses": {"style": 0.25, "total": 1.5},
    "parent": "a1b2",
    "recipe": RECIPE,
    "schema_version": 1,
    "seed": 42,
    "style_masks": [],
    "styles": [SOURCE | {"name": "strokes.png"}],
    "versions": {"stylesite": "0.1.0", "torch": "2.0"},
    "weights_sha256": "cd" * 32,
    "width": 64,
}


def read(**facts: object) -> Provenance:
    return Provenance.from_json(json.dumps(OLD | facts))


def test_recipe_sizes_losses_and_parent_are_read():
    found = read()
    assert found.recipe == StyleRecipe(image_size=64, seed=42, num_iterations=110, init="content")
    assert (found.width, found.height, found.parent) == (64, 48, "a1b2")
    assert (found.losses, found.remarks) == ({"style": 0.25, "total": 1.5}, ())


def test_every_picture_has_its_role_and_its_place():
    found = read(init=SOURCE, content_mask=SOURCE, style_masks=[SOURCE])
    places = [(each.role, each.place, each.name) for each in found.inputs]
    assert places == [
        (Role.CONTENT, 0, "house.jpg"),
        (Role.STYLE, 1, "strokes.png"),
        (Role.START, 0, "house.jpg"),
        (Role.MASK, 0, "house.jpg"),
        (Role.MASK, 1, "house.jpg"),
    ]


def test_what_was_read_can_be_written_and_read_again():
    found = read(init=SOURCE)
    assert Provenance.from_json(found.canonical_json()) == found


def test_the_words_for_people_are_the_same():
    assert read().text().startswith("house.jpg in the style of strokes.png\nSize: 64x48, Seed: 42, Model: vgg19-lite")


@pytest.mark.parametrize(
    "facts",
    [
        {"recipe": {"image_size": 10**9}},
        {"recipe": None},
        {"styles": []},
        {"styles": 7},
        {"styles": [SOURCE] * 17},
        {"content": None},
        {"content": "house.jpg"},
        {"content": SOURCE | {"sha256": "../../secret"}},
        {"init": SOURCE | {"name": "n" * 256}},
    ],
    ids=lambda facts: str(facts)[:50],
)
def test_facts_that_cannot_be_are_refused(facts):
    with pytest.raises((ValidationError, ValueError, TypeError)):
        read(**facts)


def test_a_recipe_of_another_version_is_mended_and_that_is_said():
    found = read(recipe=RECIPE | {"version": 2, "image_size": 10**9, "mood": "blue"})
    assert found.recipe == StyleRecipe(image_size=16384, seed=42, num_iterations=110, init="content")
    assert len(found.remarks) == 3


def test_a_recipe_of_an_unknown_kind_is_kept():
    found = read(recipe={"kind": "mosaic", "image_size": 64})
    assert isinstance(found.recipe, UnknownRecipe)
    assert json.loads(found.canonical_json())["recipe"] == {"kind": "mosaic", "image_size": 64}
