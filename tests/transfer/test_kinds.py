"""The registry of kinds of work: which it knows, which the environment adds, and which it refuses."""

from importlib.util import find_spec

import pytest

from transfer import kinds
from transfer.errors import KindError
from transfer.inputs import Role
from transfer.kinds import Kind, Takes
from transfer.recipes.style import StyleRecipe


@pytest.fixture(autouse=True)
def _read_again():
    kinds.known.cache_clear()
    yield
    kinds.known.cache_clear()


@pytest.mark.parametrize("kind", kinds.known().values(), ids=lambda kind: kind.name)
def test_painter_and_planner_of_every_kind_are_where_it_says(kind: Kind):
    assert callable(kind.painter_of)
    for name in ("size", "rungs", "plan", "least_memory", "advice"):
        assert callable(getattr(kind.foresees, name))
    kind.makes.format(**{role.value: "x" for role in Role})
    assert kinds.kind_of(kind.recipe()) is kind


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.name)
def test_a_kind_of_the_project_has_a_folder_with_its_planner_and_its_painter(kind: Kind):
    folder, planner = kind.planner.rsplit(".", 1)
    assert planner == "planner"
    assert find_spec(f"{folder}.painter")


@pytest.mark.parametrize(
    ("named", "complaint"),
    [
        ("nowhere.at_all:KIND", "There is no kind of work at nowhere.at_all:KIND"),
        ("transfer.kinds:NOTHING", "There is no kind of work at transfer.kinds:NOTHING"),
        ("transfer.kinds:MOST_STYLES", "transfer.kinds:MOST_STYLES is no kind of work"),
        ("transfer.kinds:STYLE", "transfer.kinds:STYLE is a second kind of work called style"),
    ],
)
def test_what_the_environment_names_in_vain_is_said_in_one_sentence(monkeypatch, command, named, complaint):
    monkeypatch.setenv("STYLESITE_KINDS", f" {named},")
    with pytest.raises(KindError, match=complaint):
        kinds.known()
    status, _, said = command("plan", "a.png", "b.png")
    assert status == 1
    assert said.startswith(f"error: {complaint}")


def test_places_count_from_one_only_where_there_may_be_several():
    assert list(Takes(Role.CONTENT, 1, 1, "").places) == [0]
    assert list(Takes(Role.STYLE, 1, 3, "").places) == [1, 2, 3]
    assert list(Takes(Role.MASK, 0, 3, "").places) == [0, 1, 2]


def test_a_recipe_is_of_style_where_it_names_no_kind_and_any_other_kind_is_refused():
    assert (
        kinds.asked({"image_size": 64})
        == kinds.asked({"kind": "style", "image_size": 64})
        == StyleRecipe(image_size=64)
    )
    with pytest.raises(KindError, match="There is no kind of work called sculpture: there is style"):
        kinds.asked({"kind": "sculpture"})
