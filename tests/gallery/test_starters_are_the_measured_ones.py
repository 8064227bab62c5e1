"""Whoever is offered one of the project's own styles gets the recipe that was measured to paint well."""

import pytest

from gallery.studio.presets import cookbook
from gallery.studio.recipe_files import FileFault, sample
from gallery.studio.starters import starters
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.starters import STARTERS

OFFERED = [
    *starters().styles.values(),
    *(each for preset in cookbook().presets for role, each in preset.samples.items() if role == "style"),
]


@pytest.mark.parametrize("offered", OFFERED, ids=lambda offered: offered.title)
def test_on_the_first_page_and_in_the_cookbook(offered) -> None:
    assert offered.recipe == STARTERS.get(offered.recipe.kind, offered.recipe)


def test_all_five_are_offered_on_the_first_page() -> None:
    assert {each.recipe.kind for each in starters().styles.values()} >= STARTERS.keys()


def test_a_file_names_one_and_nothing_else() -> None:
    found = sample({"starter": "oil"}, "mine.toml")

    assert (found.title, found.recipe) == (GENERATORS["oil"].title, STARTERS["oil"])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starter": "oill"}, "mine.toml: no starter is called “oill”; write “oil”."),
        ({"starter": 3}, "mine.toml: no starter is called “3”; there is glass, ink, oil, pixels, watercolour."),
        (
            {"starter": "oil", "seed": 3},
            "mine.toml has a “starter”, which is all that there may be: take “seed” out.",
        ),
    ],
)
def test_a_slip_is_said(values: dict[str, object], said: str) -> None:
    with pytest.raises(FileFault, match=r"^mine") as raised:
        sample(values, "mine.toml")
    assert str(raised.value) == said
