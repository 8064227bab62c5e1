"""Every file of the cookbook, and every starter, is right: each recipe exists with each of its fields."""

import pytest

from gallery.pictures.uploads import LONGEST_RATIO, SHORTEST_SIDE
from gallery.studio import presets
from gallery.studio.presets import Preset, cookbook
from gallery.studio.samples import Sample
from gallery.studio.starters import starters
from transfer.kinds import DREAM, INSTANT, STYLE, VARIATION, kind_of

LARGEST = 512  # px: what the web process makes while somebody waits
SAMPLES = {
    **starters().contents,
    **starters().styles,
    **{f"{preset.name} {role}": each for preset in cookbook().presets for role, each in preset.samples.items()},
}


def test_no_file_has_a_fault() -> None:
    assert (*cookbook().faults, *starters().faults) == ()
    assert len(cookbook().presets) == len(list(presets.FOLDER.iterdir())) >= 13


def test_an_example_gallery_has_a_dozen_pictures_of_different_names() -> None:
    assert len({example.title for example in starters().examples}) == len(starters().examples) == 12


def test_there_is_an_example_of_each_of_these_kinds() -> None:
    assert {kind_of(example.recipe) for example in starters().examples} >= {STYLE, INSTANT, DREAM, VARIATION}


@pytest.mark.parametrize("preset", cookbook().presets, ids=lambda preset: preset.name)
def test_each_preset_says_what_it_is_for_and_what_to_change(preset: Preset) -> None:
    assert preset.title
    assert preset.purpose.endswith(".")
    assert preset.changes
    assert all(each.change.endswith(".") and each.when.endswith("?") for each in preset.changes)


def test_no_two_presets_stand_at_the_same_place() -> None:
    assert len({preset.place for preset in cookbook().presets}) == len(cookbook().presets)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_each_picture_can_be_made_while_somebody_waits_and_used(sample: Sample) -> None:
    width, height = sample.recipe.size

    assert max(width, height) <= LARGEST
    assert min(width, height) >= SHORTEST_SIDE
    assert max(width, height) <= LONGEST_RATIO * min(width, height)
