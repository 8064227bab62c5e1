"""A render's page shows its ancestors and descendants and what changed at each step, with few queries."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gallery.accounts.person import NOBODY
from gallery.browsing import family
from gallery.browsing.family import Member
from gallery.models import Picture, Render
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def recipe(**fields: object) -> dict:
    """As a row has it."""
    return StyleRecipe(**fields).model_dump(mode="json")  # type: ignore[arg-type]


def members(member: Member) -> list[Member]:
    """A tree as a list, parents first."""
    return [member, *(each for child in member.children for each in members(child))]


def test_ancestors_siblings_and_descendants_are_told_apart(client: Client, make_finished: Make) -> None:
    top = make_finished(recipe_json=recipe(image_size=128))
    middle = make_finished(parent=top, recipe_json=recipe(image_size=256))
    aunt = make_finished(parent=top, recipe_json=recipe(image_size=128, seed=5))
    child = make_finished(parent=middle, recipe_json=recipe(image_size=256, strength=0.9, seed=1, tv_weight=2))

    page = client.get(f"/renders/{middle.id}/")

    tree = page.context["family"]
    assert [each.render for each in members(tree)] == [top, middle, child, aunt]
    assert [each.render for each in members(tree) if each.is_self] == [middle]
    text = page.content.decode()
    assert "Size 128 → 256" in text
    assert "Seed 0 → 5" in text
    assert "Strength 0.5 → 0.9, Smoothness 1 → 2 and 1 more" in text


def test_a_loner_has_no_family(client: Client, make_finished: Make) -> None:
    page = client.get(f"/renders/{make_finished().id}/")

    assert page.context["family"] is None
    assert "Family" not in page.content.decode()


def test_other_pictures_are_told(client: Client, make_finished: Make, make_picture: Callable[..., Picture]) -> None:
    child = make_finished(parent=make_finished(), content=make_picture(seed=7))

    assert "other pictures" in client.get(f"/renders/{child.id}/").content.decode()


def test_a_large_family_is_cut_and_costs_few_queries(
    make_finished: Make, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    line = [make_finished()]
    for _ in range(20):
        line.append(make_finished(parent=line[-1]))
    for _ in range(60):
        make_finished(parent=line[10])

    with django_assert_max_num_queries(2 * family.DEEPEST):
        tree = family.tree(Render.objects.with_pictures().get(pk=line[10].pk), NOBODY)

    assert tree is not None
    found = [each.render for each in members(tree)]
    assert len(found) == len(set(found)) == family.MOST
    assert line[10] in found
    assert line[4] == found[0]


def test_a_family_across_an_unfinished_render_is_whole(client: Client, make_finished: Make) -> None:
    top = make_finished()
    waiting = make_finished(parent=top, status="pending", thumbnail="", output="")
    child = make_finished(parent=waiting)

    page = client.get(f"/renders/{child.id}/")

    assert [each.render for each in members(page.context["family"])] == [top, waiting, child]
    assert "<small>waiting</small>" in page.content.decode()
