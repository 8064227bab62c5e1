"""The documentation is complete: anything that it lacks fails here."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from benchmarks import reference
from gallery.recipes.form import RecipeForm
from stylesite import environment
from transfer.kinds import SYNTHESIS, Kind, known

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"


def rows(page: str, section: str = "") -> dict[str, str]:
    """The rows of the tables of a page, or of a section of it, by the code in their first cell."""
    text = (DOCS / page).read_text()
    if section:
        text = text.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \|(.*)\|$", text, re.MULTILINE))


def page_of(kind: Kind) -> str:
    """The page that documents a kind."""
    return "generators.md" if kind in SYNTHESIS else "recipe.md"


FIELDS = [(kind, name) for kind in known().values() for name in kind.recipe.model_fields]


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=[f"{kind.name}-{name}" for kind, name in FIELDS])
def test_every_field_of_a_recipe_is_documented_with_its_default_and_description(kind: Kind, name: str) -> None:
    row = rows(page_of(kind), kind.title)[name]
    field = kind.recipe.model_fields[name]
    assert field.description is not None
    assert field.description in row
    if isinstance(field.default, int | float | str) and not isinstance(field.default, bool):
        assert f"`{field.default}`" in row


@pytest.mark.parametrize("kind", known().values(), ids=lambda kind: kind.name)
def test_the_recipes_page_documents_no_field_that_is_not_there(kind: Kind) -> None:
    assert set(rows(page_of(kind), kind.title)) == set(kind.recipe.model_fields)


def test_the_page_of_generators_is_made_of_their_recipes() -> None:
    assert (DOCS / "generators.md").read_text() == reference.page()


def environment_variables() -> set[str]:
    """The variables that the project's code reads from the environment."""
    names = set()
    for package in ("stylesite", "gallery", "transfer"):
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text()
            names |= set(re.findall(r"""environ(?:\.get\(|\[)["'](\w+)["']""", text))
    return names | set(environment.known()) - {environment.OF_THE_TESTS}


@pytest.mark.parametrize("name", sorted(environment_variables() - {"RQ_WORKER_ID", "DJANGO_SETTINGS_MODULE"}))
def test_every_environment_variable_is_documented(name: str) -> None:
    assert name in rows("settings.md")


def test_every_address_is_documented() -> None:
    documented = set(rows("interface.md"))
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", []):
            if str(pattern.pattern) == "":
                address = re.sub(r"<(\w+):\w+>", r"<\1>", f"/{inner.pattern}")
                assert address in documented


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *sorted(str(each.relative_to(ROOT)) for each in DOCS.rglob("*.md"))]
)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()) + re.findall(r'src="([^"]+)"', path.read_text())
    for link in links:
        if "://" not in link:
            assert (path.parent / link).exists(), link


def test_the_index_names_every_page() -> None:
    named = re.findall(r"\]\(([a-z_]+\.md)\)", (DOCS / "README.md").read_text())
    assert sorted(named) == sorted(each.name for each in DOCS.glob("*.md") if each.name != "README.md")


def test_every_guarantee_names_tests_that_are_there() -> None:
    guarantees = re.findall(
        r"^\| [^|]+ \| [^|]+ \| (`test_.+`) \|$", (DOCS / "guarantees.md").read_text(), re.MULTILINE
    )
    assert len(guarantees) >= 20
    for names in guarantees:
        for name in re.findall(r"`([^`]+)`", names):
            assert any((ROOT / "tests" / part / name).exists() for part in ("gallery", "transfer")), name


@pytest.mark.parametrize("path", sorted((ROOT / "transfer").rglob("*.py")), ids=lambda path: path.name)
def test_every_public_function_and_class_of_the_core_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), f"{path} has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            is_public = not any(node in parent.body for parent in ast.walk(tree) if isinstance(parent, ast.FunctionDef))
            assert ast.get_docstring(node) or not is_public, f"{path.name}: {node.name} has no docstring"


@pytest.mark.parametrize("kind", known().values(), ids=lambda kind: kind.name)
def test_the_form_has_help_for_every_field(kind: Kind) -> None:
    for group in RecipeForm(kind=kind).groups():
        for field in group.fields:
            assert field.help_text
