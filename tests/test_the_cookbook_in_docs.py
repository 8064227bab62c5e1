"""docs/cookbook.md has a section for each preset: what it is for, the commands that paint it, and what to change."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from gallery.studio.presets import Preset, cookbook
from gallery.studio.samples import Sample
from transfer.commands.asked import recipe_from
from transfer.commands.command_line import parser
from transfer.commands.recipe_flags import flag
from transfer.kinds import STYLE, ZOOM
from transfer.recipes.base import Recipe

PAGE = Path(settings.BASE_DIR) / "docs" / "cookbook.md"
BROUGHT = {"content": "photo.jpg", "style": "picture.jpg"}
COMMANDS = {STYLE: "stylize", ZOOM: "dream-film"}  # where they are not called as the kind
PRESETS = pytest.mark.parametrize("preset", cookbook().presets, ids=lambda preset: preset.name)


def section(preset: Preset) -> str:
    return PAGE.read_text().split(f"\n## {preset.title}\n")[1].split("\n## ")[0]


def flags(recipe: Recipe) -> str:
    """What differs from the defaults, as flags."""
    fields = type(recipe).model_fields
    changed = {name: value for name, value in recipe if value != fields[name].default}
    return "".join(f" --{flag(name)}" + ("" if value is True else f" {value}") for name, value in changed.items())


def making(role: str, sample: Sample) -> str:
    """The command that makes a picture."""
    recipe = sample.recipe
    if place := getattr(recipe, "place", ""):
        layer = "" if recipe.layer == "satellite" else f" --layer {recipe.layer}"  # type: ignore[attr-defined]
        return f"python -m transfer earth {place}{layer} -o {role}.png"
    return f"python -m transfer synthesize {recipe.kind}{flags(recipe)} -o {role}.png"


def commands(preset: Preset) -> Iterator[str]:
    """What paints a preset without the site."""
    for role, sample in preset.samples.items():
        yield making(role, sample)
    files = [given(place, file_of(preset, place)) for place in preset.sources]
    command = COMMANDS.get(preset.kind, preset.kind.name)
    yield f"python -m transfer {command} {' '.join(files)}{flags(preset.recipe)} -o {preset.name}{ending(preset)}"


def file_of(preset: Preset, place: str) -> str:
    """What is made, what another recipe of the cookbook makes, or what is brought."""
    source = preset.sources[place]
    if isinstance(source, Sample):
        return f"{place}.png"
    dish = cookbook().named(source.dish)
    return f"{dish.name}{ending(dish)}" if dish else BROUGHT[place]


def ending(preset: Preset) -> str:
    return ".mp4" if preset.kind.films else ".png"


def given(place: str, file: str) -> str:
    """A picture, as a command is given it: what it is of goes first, all else has a flag."""
    return file if place in BROUGHT else f"--{place} {file}"


@PRESETS
def test_each_preset_has_a_section(preset: Preset) -> None:
    text = section(preset)

    assert preset.purpose in text
    assert all(f"- *{each.when}* {each.change}" in text for each in preset.changes)
    assert all(wanted in text for wanted in preset.to_bring.values())


@PRESETS
def test_its_commands_paint_the_same(preset: Preset) -> None:
    lines = section(preset).splitlines()

    for command in commands(preset):
        assert f"    {command}" in lines


@PRESETS
def test_its_last_command_means_its_recipe(preset: Preset) -> None:
    *_, last = commands(preset)

    arguments = parser().parse_args(shlex.split(last)[3:])

    assert recipe_from(arguments) == preset.recipe


def test_the_page_has_no_section_of_a_preset_that_is_gone() -> None:
    titles = [line.removeprefix("## ") for line in PAGE.read_text().splitlines() if line.startswith("## ")]

    assert titles == [preset.title for preset in cookbook().presets]
